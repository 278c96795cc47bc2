import { acquisitionOf } from '../company/acquisition.ts'
import { type Calendar, isInOutage } from '../company/calendar.ts'
import type { Title } from '../company/catalogue.ts'
import { stateOn } from '../company/membership.ts'
import type { DemoEvent } from '../demo-event.ts'
import { pick } from '../random.ts'
import { inviteSomebody } from './invite.ts'
import { delivered, openSession, pause, record, type Session } from './session.ts'
import { signUp } from './sign-up.ts'
import type { Visit } from './visits.ts'
import { chooseTitle, search, watch } from './watch.ts'

/** Plays out a visit in the app. Offline there is neither search nor streaming: people watch what they downloaded. */
export function playAppVisit(calendar: Calendar, visit: Visit, key?: string): DemoEvent[] {
  const session = openSession(calendar, visit, key)
  openApp(session)
  if (visit.isSignUp) signUpVisit(session)
  else if (!session.userId) strangerVisit(session)
  else if (visit.lateMs !== undefined) offlineVisit(session)
  else memberVisit(session)
  closeApp(session)
  return delivered(session)
}

function openApp(session: Session): void {
  const { calendar, visit, visitor, random } = session
  if (visit.isInstall) {
    const store = visitor.phone.platform === 'ios' ? 'app_store' : 'google_play'
    record(session, 'app_installed', { campaign: acquisitionOf(calendar, visitor), properties: { store } })
    pause(session, 4)
  }
  const isFromPush = session.userId !== undefined && random() < 0.16
  if (isFromPush) {
    record(session, 'push_opened', {
      properties: { message: pick(random, ['new_episode', 'friday_picks', 'reminder']) },
    })
    pause(session, 2)
  }
  record(session, 'app_opened', { properties: { from: isFromPush ? 'push' : 'icon' } })
  pause(session, 3)
  showScreen(session, 'home')
}

/** What the service that attributed the install reports of each visit, as of the sign-up. */
function closeApp(session: Session): void {
  pause(session, 4)
  const { calendar, visit, visitor, at } = session
  record(session, 'session', { campaign: acquisitionOf(calendar, visitor), durationMs: Math.floor(at - visit.startAt) })
}

function signUpVisit(session: Session): void {
  browse(session, 1.5)
  showScreen(session, 'plans')
  showScreen(session, 'sign_up')
  pause(session, 45)
  signUp(session, { campaign: acquisitionOf(session.calendar, session.visitor) })
  showScreen(session, 'home')
  if (session.visitor.membership?.hasTrial && session.random() < 0.72) watchTitle(session, chooseTitle(session))
}

function memberVisit(session: Session): void {
  const { visitor, visit, random } = session
  const state = stateOn(visitor.membership, visit.epochDay)
  if (state === 'registered' || state === 'former') {
    showScreen(session, 'plans')
    return
  }
  browse(session, 1.2)
  const titles = random() < 0.14 ? 0 : random() < 0.2 ? 2 : 1
  for (let n = 0; n < titles; n++) if (!watchTitle(session, chooseTitle(session))) return
  if (random() < 0.08) downloadTitle(session, chooseTitle(session))
  if (random() < 0.06) showScreen(session, 'account')
  inviteSomebody(session)
}

function offlineVisit(session: Session): void {
  showScreen(session, 'downloads')
  watch(session, chooseTitle(session), 'download')
}

function strangerVisit(session: Session): void {
  const { random } = session
  if (random() < 0.3) return
  browse(session, 2)
  if (random() < 0.25) showScreen(session, 'plans')
  if (random() < 0.08) showScreen(session, 'sign_up')
}

function browse(session: Session, meanSteps: number): void {
  const { random, visit } = session
  while (random() < meanSteps / (meanSteps + 1)) {
    const chance = random()
    if (chance < 0.5) showScreen(session, 'title', chooseTitle(session))
    else if (chance < 0.8 || visit.lateMs !== undefined) showScreen(session, 'browse')
    else searchInApp(session)
  }
}

function searchInApp(session: Session): void {
  showScreen(session, 'search')
  search(session)
}

function watchTitle(session: Session, title: Title): boolean {
  showScreen(session, 'title', title)
  const isWatched = watch(session, title, 'app')
  pause(session, 8)
  return isWatched
}

function downloadTitle(session: Session, title: Title): void {
  showScreen(session, 'title', title)
  pause(session, 60)
  record(session, 'download_completed', { properties: { title: title.name, genre: title.genre } })
  pause(session, 8)
}

function showScreen(session: Session, screenName: string, title?: Title): void {
  const { random, calendar } = session
  record(session, 'screen_viewed', {
    properties: { screen: screenName, ...(title && { title: title.name, genre: title.genre }) },
  })
  if (isInOutage(calendar, session.at) && random() < 0.6) recordFailedRequest(session, screenName)
  pause(session, 14)
}

function recordFailedRequest(session: Session, screenName: string): void {
  pause(session, 5)
  record(session, 'app_error', { status: 503, properties: { screen: screenName, error: 'service_unavailable' } })
}
