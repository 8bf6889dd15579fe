// The page that explains an EC, sent as `RecommendDoc`. Rule: errors reference §1.

export const EC_RECOMMEND_URL = 'https://api.aliyun.com/troubleshoot?q=';

export function recommendDoc(ec: string): string {
  return EC_RECOMMEND_URL + ec;
}
