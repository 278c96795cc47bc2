import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, PASSWORD, SETUP_TOKEN, type TestApp } from '../../test-app.ts'

let tested: TestApp
beforeEach(async () => {
  tested = await buildTestApp()
})
afterEach(() => tested.app.close())

const LOGIN = { email: 'ada@example.com', password: PASSWORD }

function post(url: string, payload: object, headers: Record<string, string> = {}) {
  return tested.app.inject({ method: 'POST', url, payload, headers })
}

function cookieOf(answer: { cookies: { name: string; value: string }[] }): string {
  return answer.cookies.find(({ name }) => name === 'almanac_session')?.value ?? ''
}

function who(token: string) {
  return tested.app.inject({ method: 'GET', url: '/api/v1/session', headers: { cookie: `almanac_session=${token}` } })
}

test('login gives a cookie that scripts cannot read and other sites do not send', async () => {
  const answer = await post('/api/v1/session', LOGIN)

  expect(answer.json()).toMatchObject({ user: { email: 'ada@example.com', role: 'admin' } })
  expect(answer.headers['set-cookie']).toMatch(
    /^almanac_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  expect((await who(cookieOf(answer))).json().user.email).toBe('ada@example.com')
})

test('where people come by https the cookie is never sent in the clear', async () => {
  await tested.app.close()
  tested = await buildTestApp({ publicUrl: 'https://stats.example.com' })

  expect((await post('/api/v1/session', LOGIN)).headers['set-cookie']).toContain('; Secure')
})

test('a login makes a new session and ends the one that came with it', async () => {
  const first = cookieOf(await post('/api/v1/session', LOGIN))
  const origin = { cookie: `almanac_session=${first}`, origin: 'http://localhost', host: 'localhost' }
  const second = cookieOf(await post('/api/v1/session', LOGIN, origin))

  expect(second).not.toBe(first)
  expect((await who(first)).statusCode).toBe(401)
  expect((await who(second)).statusCode).toBe(200)
})

test('a token that somebody planted is not taken over', async () => {
  const planted = 'a'.repeat(43)
  const headers = { cookie: `almanac_session=${planted}`, origin: 'http://localhost', host: 'localhost' }

  expect(cookieOf(await post('/api/v1/session', LOGIN, headers))).not.toBe(planted)
  expect((await who(planted)).statusCode).toBe(401)
})

test('logging out ends the session on the server', async () => {
  const { cookie = '' } = tested.as.viewer
  const answer = await tested.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: tested.as.viewer })

  expect(answer.statusCode).toBe(204)
  expect(answer.headers['set-cookie']).toContain('almanac_session=;')
  expect((await who(cookie.split('=')[1] ?? '')).statusCode).toBe(401)
})

test('ten wrong passwords close an account for a quarter of an hour, for the right one too', async () => {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect((await post('/api/v1/session', { ...LOGIN, password: 'wrong' })).statusCode).toBe(401)
  }
  const refused = await post('/api/v1/session', { ...LOGIN, email: 'ADA@example.com' })
  expect(refused.statusCode).toBe(429)
  expect(refused.headers['retry-after']).toBe('900')

  tested.clock.ms += 15 * 60 * 1000
  expect((await post('/api/v1/session', LOGIN)).statusCode).toBe(200)
})

test('thirty failures from one address close that address for every account', async () => {
  for (let attempt = 0; attempt < 30; attempt += 1) {
    await post('/api/v1/session', { email: `user${attempt}@example.com`, password: 'wrong' })
  }
  expect((await post('/api/v1/session', LOGIN)).statusCode).toBe(429)

  const elsewhere = await tested.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: LOGIN,
    remoteAddress: '192.0.2.7',
  })
  expect(elsewhere.statusCode).toBe(200)
})

describe('the own account', () => {
  const NEXT = 'seven quiet lamps at noon'
  const change = (payload: object, headers = tested.as.viewer) => post('/api/v1/account/password', payload, headers)
  const rename = (payload: object) =>
    tested.app.inject({ method: 'PATCH', url: '/api/v1/account', payload, headers: tested.as.viewer })

  test('gets another name', async () => {
    const answer = await rename({ name: '  Ada Lovelace ' })

    expect(answer.json()).toMatchObject({ user: { name: 'Ada Lovelace' } })
    const session = await tested.app.inject({ url: '/api/v1/session', headers: tested.as.viewer })
    expect(session.json()).toMatchObject({ user: { name: 'Ada Lovelace', role: 'viewer' } })
  })

  test.each(['', '   ', 'a\0b', 'a'.repeat(201)])('is not called %j', async (name) => {
    const answer = await rename({ name })

    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.issues).toMatchObject([{ path: ['name'] }])
  })

  test('gets another password, and its other sessions end', async () => {
    const [own, other] = [
      cookieOf(await post('/api/v1/session', LOGIN)),
      cookieOf(await post('/api/v1/session', LOGIN)),
    ]
    const headers = { ...tested.as.viewer, cookie: `almanac_session=${own}` }

    expect((await change({ current: PASSWORD, next: NEXT }, headers)).statusCode).toBe(204)
    expect((await who(own)).statusCode).toBe(200)
    expect((await who(other)).statusCode).toBe(401)
  })

  test('says which password is wrong', async () => {
    const wrong = await change({ current: 'wrong', next: NEXT })
    expect(wrong.statusCode).toBe(400)
    expect(wrong.json().error.issues).toMatchObject([{ path: ['current'] }])

    const short = await change({ current: PASSWORD, next: 'elevenchars' })
    expect(short.json().error.issues).toEqual([
      { path: ['next'], message: 'expected a password of at least 12 characters' },
    ])
  })

  test('a wrong current password counts like a failed login', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await change({ current: 'wrong', next: NEXT })).statusCode).toBe(400)
    }
    expect((await change({ current: PASSWORD, next: NEXT })).statusCode).toBe(429)
    expect((await post('/api/v1/session', LOGIN)).statusCode).toBe(429)

    tested.clock.ms += 15 * 60 * 1000
    expect((await change({ current: PASSWORD, next: NEXT })).statusCode).toBe(204)
  })
})

describe('the first admin', () => {
  const ADMIN = { token: SETUP_TOKEN, email: 'ada@example.com', name: 'Ada', password: PASSWORD }

  test('is made with the printed token, once', async () => {
    expect((await tested.app.inject('/api/v1/setup')).json()).toEqual({ needed: true })

    const answer = await post('/api/v1/setup', ADMIN)
    expect(answer.statusCode).toBe(201)
    expect((await who(cookieOf(answer))).json().user.name).toBe('Ada')

    expect((await tested.app.inject('/api/v1/setup')).json()).toEqual({ needed: false })
    expect((await post('/api/v1/setup', ADMIN)).statusCode).toBe(409)
  })

  test('is not made with another token, and guessing ends soon', async () => {
    for (let attempt = 0; attempt < 30; attempt += 1) {
      expect((await post('/api/v1/setup', { ...ADMIN, token: `guess-${attempt}` })).statusCode).toBe(403)
    }
    expect((await post('/api/v1/setup', ADMIN)).statusCode).toBe(429)
  })

  test('needs a password of twelve characters', async () => {
    const answer = await post('/api/v1/setup', { ...ADMIN, password: 'elevenchars' })

    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toMatchObject({
      code: 'invalid_request',
      issues: [{ path: ['password'], message: 'expected a password of at least 12 characters' }],
    })
  })
})

describe('a page of another site changes nothing', () => {
  const SOURCE = { name: 'app', label: 'App' }
  const withOrigin = (origin: string | undefined) => {
    const { origin: _, ...headers } = tested.as.admin
    return { ...headers, ...(origin !== undefined && { origin }) }
  }

  test.each(['https://evil.example', 'null', 'http://localhost:81', 'http://localhost.evil.example', undefined])(
    'with the Origin %s',
    async (origin) => {
      const answer = await post('/api/v1/sources', SOURCE, withOrigin(origin))

      expect(answer.statusCode).toBe(403)
      expect(answer.json().error.code).toBe('forbidden')
    },
  )

  test('it cannot even log somebody in', async () => {
    const answer = await post('/api/v1/session', LOGIN, { origin: 'https://evil.example', host: 'localhost' })

    expect(answer.statusCode).toBe(403)
  })

  test('our own pages can, under the Host and under the public address', async () => {
    expect((await post('/api/v1/sources', SOURCE, withOrigin('http://localhost'))).statusCode).toBe(201)

    await tested.app.close()
    tested = await buildTestApp({ publicUrl: 'https://stats.example.com/' })
    expect((await post('/api/v1/sources', SOURCE, withOrigin('https://stats.example.com'))).statusCode).toBe(201)
  })

  test('a form cannot send what a route takes as JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const answer = await tested.app.inject({
        method: 'POST',
        url: '/api/v1/sources',
        headers: { ...tested.as.admin, 'content-type': type },
        payload: JSON.stringify(SOURCE),
      })
      expect(answer.statusCode, type).toBe(400)
    }
  })

  test('a program with a key needs no Origin', async () => {
    expect((await post('/api/v1/sources', SOURCE, tested.as['key:admin'])).statusCode).toBe(201)
  })
})
