// The Owner element that buckets and listings carry.
import { literal, object, one, type Shape } from '../shapes/shape.ts';

export interface OwnerInfo {
  readonly id: string;
  readonly displayName: string;
}

export const owner: Shape<OwnerInfo> = object<OwnerInfo>({
  id: one('ID', literal),
  displayName: one('DisplayName', literal),
});
