import { daysSinceRelease, isInOutage } from '../company/calendar.ts'
import { GENRES, HIT, TITLES, type Title } from '../company/catalogue.ts'
import { between, pickWeighted, wholeBetween } from '../random.ts'
import { pause, record, type Session } from './session.ts'

const BY_GENRE = new Map(GENRES.map((genre) => [genre, TITLES.filter((title) => title.genre === genre)]))

/** Half of what people choose is of their favourite genre; once the hit is out, many come for that. */
export function chooseTitle(session: Session): Title {
  const { random, calendar, visit, visitor } = session
  const days = daysSinceRelease(calendar, visit.epochDay)
  if (days !== undefined && random() < 0.06 + 0.42 * Math.exp(-days / 9)) return HIT
  const favourites = BY_GENRE.get(GENRES[Math.floor(visitor.favouriteGenre * GENRES.length)] as string)
  return pickWeighted(random, random() < 0.5 && favourites ? favourites : TITLES)
}

/** Plays a title to its end or to where it lost its viewer; of a series, sometimes one more episode. False: it failed. */
export function watch(session: Session, title: Title, startMethod: string): boolean {
  const { random, visitor } = session
  let episode = wholeBetween(random, 1, title.episodes)
  for (let played = 0; played < 3; played++) {
    if (!playOnce(session, title, episode, played === 0 ? startMethod : 'next_episode')) return false
    episode++
    if (episode > title.episodes || title.kind === 'live' || random() > 0.2 + 0.3 * visitor.engagement) return true
    session.at += 12_000
  }
  return true
}

function playOnce(session: Session, title: Title, episode: number, startMethod: string): boolean {
  const { random, calendar, visitor } = session
  const what = propertiesOf(title, episode)
  if (isInOutage(calendar, session.at) ? random() < 0.9 : random() < 0.006) {
    const error = isInOutage(calendar, session.at) ? 'playback_service_unavailable' : 'decoder_error'
    record(session, 'play_failed', { properties: { ...what, error } })
    return false
  }
  record(session, 'play_started', { properties: { ...what, startMethod, quality: qualityOf(session) } })
  const isCompleted = random() < 0.45 + 0.3 * visitor.engagement
  const share = isCompleted ? between(random, 0.95, 1) : between(random, 0.03, 0.85)
  const minutesWatched = Math.round(title.minutes * share * 10) / 10
  session.at += minutesWatched * 60_000
  record(session, 'play_finished', { properties: { ...what, minutesWatched, completed: isCompleted } })
  return true
}

/** A word of a title, a genre, or something that the company does not have. */
export function search(session: Session): void {
  const { random } = session
  const title = chooseTitle(session)
  const words = title.name.toLowerCase().split(' ')
  const isUnknown = random() < 0.12
  const query = isUnknown
    ? pickWeighted(random, UNKNOWN).query
    : random() < 0.25
      ? title.genre
      : words.slice(0, wholeBetween(random, 1, words.length)).join(' ')
  record(session, 'search', { properties: { query, results: isUnknown ? 0 : wholeBetween(random, 1, 9) } })
  pause(session, 8)
}

const UNKNOWN = [
  { query: 'downton', weight: 3 },
  { query: 'world cup', weight: 4 },
  { query: 'anime', weight: 5 },
  { query: 'offline', weight: 2 },
  { query: 'salt lime', weight: 1 },
]

function propertiesOf(title: Title, episode: number) {
  return {
    title: title.name,
    kind: title.kind,
    genre: title.genre,
    ...(title.episodes > 1 && { episode }),
    lengthMinutes: title.minutes,
  }
}

function qualityOf({ visitor, visit }: Session): string {
  if (visitor.membership?.plan !== 'premium') return visitor.membership?.plan === 'standard' ? '1080p' : '720p'
  return visit.surface === 'web' && visitor.browser.kind === 'tv' ? '2160p' : '1080p'
}
