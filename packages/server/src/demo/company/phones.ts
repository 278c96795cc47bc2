import { draw, PURPOSE } from '../random.ts'

/** The phones and tablets that the app runs on. */
export interface Phone {
  readonly platform: 'ios' | 'android'
  readonly system: string
  readonly model: string
  readonly screen: string
  readonly weight: number
}

export const PHONES: readonly Phone[] = [
  { platform: 'ios', system: 'iOS 26.1', model: 'iPhone17,3', screen: '393x852', weight: 16 },
  { platform: 'ios', system: 'iOS 26.1', model: 'iPhone18,1', screen: '402x874', weight: 12 },
  { platform: 'ios', system: 'iOS 26.0', model: 'iPhone15,2', screen: '393x852', weight: 9 },
  { platform: 'ios', system: 'iOS 18.6', model: 'iPhone13,2', screen: '390x844', weight: 8 },
  { platform: 'ios', system: 'iPadOS 26.1', model: 'iPad14,8', screen: '820x1180', weight: 6 },
  { platform: 'android', system: 'Android 16', model: 'Pixel 10', screen: '412x923', weight: 7 },
  { platform: 'android', system: 'Android 16', model: 'SM-S931B', screen: '360x780', weight: 13 },
  { platform: 'android', system: 'Android 15', model: 'SM-A566B', screen: '384x832', weight: 12 },
  { platform: 'android', system: 'Android 15', model: '24090RA29G', screen: '393x873', weight: 8 },
  { platform: 'android', system: 'Android 14', model: 'moto g54 5G', screen: '412x919', weight: 6 },
  { platform: 'android', system: 'Android 14', model: 'SM-X210', screen: '800x1280', weight: 3 },
]

/** The app's releases, by the day of the history they came out on. */
const RELEASES = [
  { version: '5.2.0', onDay: -400 },
  { version: '5.3.0', onDay: -12 },
  { version: '5.3.1', onDay: 9 },
  { version: '5.4.0', onDay: 34 },
  { version: '6.0.0', onDay: 58 },
  { version: '6.0.1', onDay: 61 },
  { version: '6.1.0', onDay: 82 },
]

/** Phones take an update some days after its release, each at its own pace; a few never do. */
export function appVersionOn(historyDay: number, arrivalDay: number, visitorNumber: number): string {
  const pace = draw(PURPOSE.appUpdate, arrivalDay, visitorNumber)
  if (pace < 0.04) return '5.2.0'
  const lagDays = 14 * pace ** 2
  return RELEASES.findLast((release) => release.onDay + lagDays <= historyDay)?.version ?? '5.2.0'
}

export function appUserAgent(phone: Phone, version: string): string {
  return phone.platform === 'ios'
    ? `Tidelight/${version} (${phone.model}; ${phone.system}; Scale/3.00)`
    : `Tidelight/${version} (${phone.system}; ${phone.model})`
}
