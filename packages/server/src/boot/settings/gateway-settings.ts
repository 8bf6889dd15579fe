// What the gateway takes from the configuration.
import { extranetHost, intranetHost } from '@osskeep/protocol';
import { officialDomains } from '../../gateway/request/addressing.ts';
import type { GatewaySettings } from '../../gateway/request/settings.ts';
import type { Configuration } from './configuration.ts';

export function gatewaySettings(configuration: Configuration): GatewaySettings {
  const { region, domains, cnames, defaultBucket, publicEndpoint } = configuration;
  return {
    region,
    addressing: {
      region,
      domains: ['localhost', ...officialDomains(region), ...domains],
      cnames: new Map(Object.entries(cnames)),
      defaultBucket,
    },
    extranetEndpoint: publicEndpoint ?? extranetHost(region),
    intranetEndpoint: publicEndpoint ?? intranetHost(region),
    parity: configuration.parity,
    headOnGetLinks: configuration.headOnGetLinks,
    v4Only: new Set(configuration.v4Only),
    objectBytesMax: configuration.limits.objectBytes,
  };
}
