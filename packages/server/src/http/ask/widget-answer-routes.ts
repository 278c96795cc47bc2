import type { Board } from '@almanac/core/boards/board.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AnswerWidgets, WidgetResult } from '../../boards/answers/answer-widgets.ts'
import { isOfBoard } from '../../boards/answers/board-statements.ts'
import { Scope, WidgetQuestion } from '../../boards/answers/widget-question.ts'
import type { Boards } from '../../boards/boards.ts'
import { mayUse, type Principal } from '../access/access.ts'
import { principalName } from '../access/principal-name.ts'
import { errorBody } from '../error-reply.ts'
import { viewerOf } from '../manage/boards/board-viewer.ts'
import { clientGone } from '../requests/client-gone.ts'
import { FrameAnswer } from './frame-answer.ts'

export interface WidgetAnswerDeps {
  readonly answerWidgets: AnswerWidgets
  readonly boards: Pick<Boards, 'find'>
}

/** A board may have more: a page asks for those that are seen. */
const MOST_QUESTIONS = 100

const WidgetAnswersRequest = z
  .strictObject({
    board: z.string().max(200).optional().describe('Its slug. Statements that it has run for whoever may see it.'),
    scope: Scope,
    questions: z.array(WidgetQuestion).min(1).max(MOST_QUESTIONS),
  })
  .meta({
    examples: [
      {
        scope: { from: '2026-05-01', to: '2026-06-01', grain: 'day', timezone: 'Europe/Berlin', firstDayOfWeek: 1 },
        questions: [{ data: [{ from: 'cube', cube: 'web', measures: ['hits'], grain: 'board' }] }],
      },
    ],
  })

export const WidgetAnswers = z.object({
  answers: z
    .array(
      z.union([
        z.object({
          frame: FrameAnswer,
          ignored: z.array(z.string()).describe('Dimensions that the board filters by and this data does not have.'),
        }),
        z.object({ error: z.looseObject({ code: z.string() }) }),
      ]),
    )
    .describe('In the order of the questions: a table, or what was wrong with that one.'),
})

export function widgetAnswerRoutes({ answerWidgets, boards }: WidgetAnswerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/v1/widget-answers',
      {
        config: { access: 'read' },
        schema: {
          summary: 'What the widgets of a board show',
          description:
            'A table for each widget, all as of one moment. Statements of ClickHouse run for those who may edit, and for others ' +
            'where the board has exactly this statement.',
          tags: ['Dashboards'],
          body: WidgetAnswersRequest,
          response: { 200: WidgetAnswers },
        },
        // Up to 100,000 rows: checking each against the schema would take longer than the query.
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body: { board: slug, scope, questions }, principal }, reply) => {
        const isEditor = mayUse('edit', principal)
        const board = slug === undefined || isEditor ? undefined : await visibleBoard(boards, slug, principal)
        const results = await answerWidgets(
          {
            scope,
            // Who may not write statements may not give those of the board other variables, either.
            questions: board ? questions.map(({ data }) => ({ data, variables: board.variables })) : questions,
            asker: { name: principalName(principal), isAdmin: false },
            mayRun: (data) => isEditor || (board !== undefined && isOfBoard(data, board)),
          },
          clientGone(reply),
        )
        return { answers: results.map(widgetAnswer) }
      },
    )
  }
}

/** Without it, nothing but its statements is missing: figures of cubes are there for whoever may ask. */
async function visibleBoard(
  boards: Pick<Boards, 'find'>,
  slug: string,
  principal: Principal | undefined,
): Promise<Board | undefined> {
  try {
    return (await boards.find(slug, viewerOf(principal))).board
  } catch (error) {
    if (error instanceof AppError && (error.code === 'not_found' || error.code === 'gone')) return undefined
    throw error
  }
}

export function widgetAnswer(result: WidgetResult): z.output<typeof WidgetAnswers>['answers'][number] {
  if ('error' in result) return { error: errorBody(result.error) }
  // Read-only there, written nowhere.
  const { frame, ignored } = result
  return { frame: frame as z.output<typeof FrameAnswer>, ignored: [...ignored] }
}
