import { Trans, useLingui } from '@lingui/react/macro'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { WhatIf, WhatIfLevel } from '#domain/plan/plan.ts'
import { colourLabels } from '#features/parts/worse/colour-words.tsx'
import { DecidedBeside, SuggestBeside, WaitingBeside } from './sentence-suggestions.tsx'

const parts = ['sign', 'doWhat', 'ring'] as const

type Props = Readonly<{ house: HouseRecord; whatIf: WhatIf; level: WhatIfLevel }>

/** What is suggested for the lines of one level; the places to suggest more are folded together. */
export function LevelSuggestions({ house, whatIf, level }: Props) {
  const { i18n } = useLingui()
  const beside = (part: (typeof parts)[number]) => ({
    ...{ house, record: `CarePlan/${whatIf.id}`, place: `${level}.${part}` },
  })
  const said = parts.filter((part) => whatIf[level][part] !== '')
  const name = i18n._(colourLabels[level])
  return (
    <>
      {said.map((part) => (
        <WaitingBeside key={part} {...beside(part)} />
      ))}
      {said.length > 0 && !house.died ? (
        <details className="gable-suggested-before">
          <summary>
            <Trans>Suggest a change: {name}</Trans>
          </summary>
          {said.map((part) => (
            <div key={part}>
              {whatIf[level][part]} <SuggestBeside {...beside(part)} />
            </div>
          ))}
        </details>
      ) : null}
      {said.map((part) => (
        <DecidedBeside key={part} {...beside(part)} />
      ))}
    </>
  )
}
