/** The browsers of the company's visitors, as they introduce themselves, weighted by how common they are. */
export interface WebClient {
  readonly kind: 'desktop' | 'mobile' | 'tablet' | 'tv'
  readonly userAgent: string
  readonly screens: readonly string[]
  readonly weight: number
}

const DESKTOP_SCREENS = ['1920x1080', '1536x864', '2560x1440', '1366x768', '3840x2160']
const MAC_SCREENS = ['1440x900', '1512x982', '1728x1117', '2560x1440']
const ANDROID_SCREENS = ['412x915', '360x800', '384x832', '393x873']
const IPHONE_SCREENS = ['390x844', '393x852', '402x874', '430x932']
const TABLET_SCREENS = ['820x1180', '834x1194', '800x1280']
const TV_SCREENS = ['1920x1080', '3840x2160']

const WINDOWS = 'Windows NT 10.0; Win64; x64'
const MAC = 'Macintosh; Intel Mac OS X 10_15_7'
const ANDROID = 'Linux; Android 10; K'

export const WEB_CLIENTS: readonly WebClient[] = [
  ...desktop(DESKTOP_SCREENS, [
    [chrome(WINDOWS, 148), 60],
    [chrome(WINDOWS, 147), 50],
    [chrome(WINDOWS, 146), 12],
    [chrome(WINDOWS, 142), 5],
    [`${chrome(WINDOWS, 147)} Edg/147.0.0.0`, 28],
    [`${chrome(WINDOWS, 146)} Edg/146.0.0.0`, 9],
    [`${chrome(WINDOWS, 145)} OPR/129.0.0.0`, 5],
    [firefox('Windows NT 10.0; Win64; x64', 150), 15],
    [firefox('Windows NT 10.0; Win64; x64', 149), 7],
    [firefox('Windows NT 10.0; Win64; x64', 140), 4],
    [chrome('X11; Linux x86_64', 147), 6],
    [firefox('X11; Linux x86_64', 150), 6],
    [chrome('X11; CrOS x86_64 14541.0.0', 146), 5],
  ]),
  ...desktop(MAC_SCREENS, [
    [chrome(MAC, 148), 24],
    [chrome(MAC, 147), 20],
    [`${chrome(MAC, 147)} Edg/147.0.0.0`, 3],
    [firefox('Macintosh; Intel Mac OS X 10.15', 150), 6],
    [safari(MAC, '26.1'), 24],
    [safari(MAC, '26.0'), 9],
    [safari(MAC, '18.6'), 8],
  ]),
  ...clients('mobile', ANDROID_SCREENS, [
    [mobileChrome(ANDROID, 148), 55],
    [mobileChrome(ANDROID, 147), 50],
    [mobileChrome(ANDROID, 146), 14],
    [mobileChrome(ANDROID, 139), 5],
    [samsung(29), 14],
    [samsung(28), 6],
    [`${mobileChrome(ANDROID, 145)} OPR/95.0.0.0`, 3],
    [`${mobileChrome(ANDROID, 146)} EdgA/146.0.0.0`, 2],
    ['Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0', 4],
  ]),
  ...clients('mobile', IPHONE_SCREENS, [
    [iphone('18_7', 'Version/26.1 Mobile/15E148 Safari/604.1'), 46],
    [iphone('18_7', 'Version/26.0 Mobile/15E148 Safari/604.1'), 22],
    [iphone('18_6', 'Version/18.6 Mobile/15E148 Safari/604.1'), 20],
    [iphone('26_1', 'CriOS/147.0.7727.99 Mobile/15E148 Safari/604.1'), 9],
    [iphone('26_1', 'Mobile/23B85 Instagram 407.0.0.30.98 (iPhone17,3; iOS 26_1; de_DE; de; scale=3.00)'), 7],
  ]),
  ...clients('tablet', TABLET_SCREENS, [
    [
      'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      12,
    ],
    [chrome('Linux; Android 15; SM-X710', 147), 8],
    [
      'Mozilla/5.0 (iPad; CPU OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/147.0.7727.99 Mobile/15E148 Safari/604.1',
      3,
    ],
  ]),
  ...clients('tv', TV_SCREENS, [
    [
      'Mozilla/5.0 (SMART-TV; LINUX; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) 108.0.5359.1/8.0 TV Safari/537.36',
      11,
    ],
    [
      'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 WebAppManager',
      8,
    ],
    [`${chrome('Linux; Android 12; BRAVIA 4K UR3', 136)} OPR/46.0.2207.0 OMI/4.24`, 5],
    [chrome('Linux; Android 9; AFTKA', 118), 5],
    [
      'Mozilla/5.0 (PlayStation; PlayStation 5/12.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      3,
    ],
  ]),
]

type Row = readonly [userAgent: string, weight: number]

function clients(kind: WebClient['kind'], screens: readonly string[], rows: readonly Row[]): WebClient[] {
  return rows.map(([userAgent, weight]) => ({ kind, userAgent, screens, weight }))
}

function desktop(screens: readonly string[], rows: readonly Row[]): WebClient[] {
  return clients('desktop', screens, rows)
}

function chrome(system: string, version: number): string {
  return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`
}

function mobileChrome(system: string, version: number): string {
  return chrome(system, version).replace('Safari/', 'Mobile Safari/')
}

function firefox(system: string, version: number): string {
  return `Mozilla/5.0 (${system}; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`
}

function safari(system: string, version: string): string {
  return `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version} Safari/605.1.15`
}

function samsung(version: number): string {
  const engine = `SamsungBrowser/${version}.0 Chrome/136.0.0.0 Mobile Safari/537.36`
  return `Mozilla/5.0 (${ANDROID}) AppleWebKit/537.36 (KHTML, like Gecko) ${engine}`
}

function iphone(system: string, tail: string): string {
  return `Mozilla/5.0 (iPhone; CPU iPhone OS ${system} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ${tail}`
}
