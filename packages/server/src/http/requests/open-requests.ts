import type { ServerResponse } from 'node:http'

/** Requests that are being answered, by who asked: streams of changes stay open for long, and end with the right to them. */
export interface OpenRequests {
  track(userId: string, response: ServerResponse): void
  /** Breaks off all of this person's but one. */
  end(userId: string, except: ServerResponse): void
}

export function createOpenRequests(): OpenRequests {
  const byUser = new Map<string, Set<ServerResponse>>()
  return {
    track(userId, response) {
      const own = byUser.get(userId) ?? new Set()
      byUser.set(userId, own.add(response))
      response.once('close', () => {
        own.delete(response)
        if (own.size === 0 && byUser.get(userId) === own) byUser.delete(userId)
      })
    },
    end(userId, except) {
      for (const response of byUser.get(userId) ?? []) if (response !== except) response.destroy()
    },
  }
}
