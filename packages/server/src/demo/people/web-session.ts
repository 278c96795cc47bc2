import type { Calendar } from '../company/calendar.ts'
import type { Title } from '../company/catalogue.ts'
import { stateOn } from '../company/membership.ts'
import type { DemoEvent } from '../demo-event.ts'
import { pick } from '../random.ts'
import { inviteSomebody } from './invite.ts'
import { landingOf } from './landing.ts'
import { delivered, openSession, pause, record, type Session } from './session.ts'
import { signUp } from './sign-up.ts'
import type { Visit } from './visits.ts'
import { chooseTitle, search, watch } from './watch.ts'
import {
  ACCOUNT,
  BLOG_PAGES,
  BROWSE_PAGES,
  HELP_PAGES,
  LOG_IN,
  PRICING,
  SEARCH,
  SIGN_UP,
  START,
  titlePage,
  viewPage,
  WELCOME,
  watchPage,
} from './web-page.ts'

/** Plays out a visit to the website. A page that fails to the end ends the visit, except that of a sign-up. */
export function playWebVisit(calendar: Calendar, visit: Visit, key?: string): DemoEvent[] {
  const session = openSession(calendar, visit, key)
  const landing = landingOf(session)
  const isThere = viewPage(session, landing.page, landing.arrival)
  if (visit.isSignUp) signUpVisit(session)
  else if (isThere && session.userId) memberVisit(session)
  else if (isThere) strangerVisit(session)
  return delivered(session)
}

function signUpVisit(session: Session): void {
  lookAround(session, 2)
  step(session, () => viewPage(session, PRICING))
  step(session, () => viewPage(session, SIGN_UP))
  pause(session, 70)
  signUp(session)
  viewPage(session, WELCOME)
  if (session.visitor.membership?.hasTrial && session.random() < 0.72) watchSomething(session)
}

function memberVisit(session: Session): void {
  const { visitor, visit, random } = session
  if (random() < 0.08) step(session, () => viewPage(session, LOG_IN))
  const state = stateOn(visitor.membership, visit.epochDay)
  if (state === 'registered' || state === 'former') {
    if (step(session, () => viewPage(session, START))) step(session, () => viewPage(session, PRICING))
    return
  }
  lookAround(session, 0.8)
  const titles = random() < 0.12 ? 0 : random() < 0.25 ? 2 : 1
  for (let n = 0; n < titles; n++) if (!watchSomething(session)) return
  if (random() < 0.07) step(session, () => viewPage(session, ACCOUNT))
  inviteSomebody(session)
}

/** Somebody without an account: a good third leaves at once, few get as far as the form. */
function strangerVisit(session: Session): void {
  const { random } = session
  if (random() < 0.38) return
  if (!lookAround(session, 2.2)) return
  if (random() < 0.2) playTrailer(session, chooseTitle(session))
  if (random() > 0.16 || !step(session, () => viewPage(session, PRICING))) return
  if (random() < 0.35) step(session, () => viewPage(session, SIGN_UP))
}

/** One page after another, `meanSteps` on average. False: one of them failed. */
function lookAround(session: Session, meanSteps: number): boolean {
  const { random } = session
  while (random() < meanSteps / (meanSteps + 1)) {
    if (!step(session, () => lookAtSomething(session))) return false
  }
  return true
}

function lookAtSomething(session: Session): boolean {
  const { random } = session
  const chance = random()
  if (chance < 0.48) return lookAtTitle(session, chooseTitle(session))
  if (chance < 0.74) return viewPage(session, pick(random, BROWSE_PAGES))
  if (chance < 0.9) return searchSite(session)
  return viewPage(session, pick(random, chance < 0.95 ? HELP_PAGES : BLOG_PAGES))
}

function lookAtTitle(session: Session, title: Title): boolean {
  if (!viewPage(session, titlePage(title))) return false
  if (session.userId && session.random() < 0.15) {
    pause(session, 5)
    record(session, 'watchlist_added', { properties: { title: title.name, genre: title.genre } })
  }
  return true
}

function searchSite(session: Session): boolean {
  if (!viewPage(session, SEARCH)) return false
  pause(session, 6)
  search(session)
  return true
}

function watchSomething(session: Session): boolean {
  const title = chooseTitle(session)
  if (!step(session, () => viewPage(session, titlePage(title)))) return false
  if (!step(session, () => viewPage(session, watchPage(title)))) return false
  pause(session, 3)
  return watch(session, title, 'website')
}

function playTrailer(session: Session, title: Title): void {
  pause(session, 8)
  record(session, 'trailer_played', { properties: { title: title.name, genre: title.genre } })
  session.at += 60_000
}

function step(session: Session, view: () => boolean): boolean {
  pause(session, 25)
  return view()
}
