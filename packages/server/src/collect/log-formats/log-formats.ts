import { alb } from './alb.ts'
import { caddyJson } from './caddy-json.ts'
import { cloudfront } from './cloudfront.ts'
import { combined } from './combined.ts'
import { combinedExtended } from './combined-extended.ts'
import { common } from './common.ts'
import { elb } from './elb.ts'
import { haproxy } from './haproxy.ts'
import { jsonLines } from './json-lines.ts'
import type { LogFormat } from './log-format.ts'
import { nginxJson } from './nginx-json.ts'
import { s3 } from './s3.ts'
import { traefik } from './traefik.ts'
import { traefikJson } from './traefik-json.ts'
import { vhostCombined } from './vhost-combined.ts'
import { w3c } from './w3c.ts'

/** All formats. Where two understand the same lines, the one that looks closer stands first: it is tried first. */
export const LOG_FORMATS = {
  'vhost-combined': vhostCombined,
  combined,
  common,
  traefik,
  'combined-extended': combinedExtended,
  cloudfront,
  w3c,
  haproxy,
  elb,
  alb,
  s3,
  'json-lines': jsonLines,
  'caddy-json': caddyJson,
  'traefik-json': traefikJson,
  'nginx-json': nginxJson,
} satisfies Record<string, LogFormat>
export type LogFormatName = keyof typeof LOG_FORMATS
export const LOG_FORMAT_NAMES = Object.keys(LOG_FORMATS) as LogFormatName[]
