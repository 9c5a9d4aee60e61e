import type { ComponentType } from 'react'

type Load = () => Promise<ComponentType>

/** The pages on which somebody’s answer to a plan is asked for or recorded, below `/people/:person`. */
export const agreementPages: readonly (readonly [path: string, load: Load])[] = [
  [
    'plan/capacity',
    () =>
      import('#features/care-plan/capacity/capacity-page.tsx').then((file) => file.CapacityPage),
  ],
  [
    'plan/to-sign',
    () => import('#features/care-plan/agreement/paper-page.tsx').then((file) => file.PaperPage),
  ],
  [
    'plan/record-answer',
    () =>
      import('#features/care-plan/agreement/record-answer-page.tsx').then(
        (file) => file.RecordAnswerPage,
      ),
  ],
  [
    'plan/turned',
    () => import('#features/care-plan/agreement/turn-page.tsx').then((file) => file.TurnPage),
  ],
]
