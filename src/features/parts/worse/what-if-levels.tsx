import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { ServiceHours } from '#domain/contact/service-hours.ts'
import { callBeside } from '#domain/plan/house/what-to-do.ts'
import {
  type SituationLine,
  type WhatIf,
  type WhatIfLevel,
  whatIfLevels,
} from '#domain/plan/plan.ts'
import { DayHours } from '#features/parts/call/day-hours.tsx'
import { PhoneText } from '#features/parts/call/phone-text.tsx'
import { WithEnglish } from '#features/parts/language/in-language.tsx'
import { LevelMark } from '#ui/house/level-mark.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { colourLabels } from './colour-words.tsx'
import { SaidByLine } from './said-by.tsx'

type Props = Readonly<{
  whatIf: WhatIf
  /** when the number for the day is answered */
  hours: ServiceHours | undefined
  today?: WhatIfLevel | undefined
  /** what is suggested for a level, and a place to suggest more */
  beside?: (level: WhatIfLevel) => ReactNode
}>

/** Green, amber and red: what it looks like, what to do, who to call by day and by night, and whose words each is. */
export function WhatIfLevels({ whatIf, hours, today, beside }: Props) {
  return (
    <>
      <dl className="worse-levels">
        {whatIfLevels.map((level) => (
          <div key={level} className={`worse-level is-${level}`}>
            <dt>
              <LevelMark level={level} size={18} />{' '}
              <WithEnglish>
                <ColourName level={level} />
              </WithEnglish>
              {today === level ? (
                <>
                  : <Trans>today</Trans>
                </>
              ) : null}
            </dt>
            <Level step={whatIf[level]} lines={linesAt(whatIf, level)} />
            {beside ? <dd>{beside(level)}</dd> : null}
          </div>
        ))}
      </dl>
      {whatIfLevels.some((level) => whatIf[level].ringAtNight) ? (
        <p className="worse-said">
          <DayHours hours={hours} />
        </p>
      ) : null}
    </>
  )
}

function ColourName({ level }: Readonly<{ level: WhatIfLevel }>) {
  const { i18n } = useLingui()
  return i18n._(colourLabels[level])
}

const linesAt = ({ situations = [] }: WhatIf, level: WhatIfLevel) =>
  situations.filter((each) => each.level === level)

type LevelProps = Readonly<{ step: WhatIf[WhatIfLevel]; lines: readonly SituationLine[] }>

function Level({ step, lines }: LevelProps) {
  const isEmpty = !step.sign && !step.doWhat && !step.ring
  if (isEmpty && lines.length === 0)
    return (
      <dd className="worse-missing">
        <Trans>Not said yet</Trans>
      </dd>
    )
  return (
    <dd>
      {step.sign ? (
        <SaidQuote size="row" isPersons={step.said?.by.voice === 'person'}>
          {step.sign}
        </SaidQuote>
      ) : null}
      {step.doWhat ? (
        <p>
          <PhoneText text={step.doWhat} />
        </p>
      ) : null}
      <WhoToCallThen step={step} />
      <SaidByLine said={step.said} />
      <SituationLines lines={lines} />
    </dd>
  )
}

/** Each situation with what to do then: a line of its own. */
function SituationLines({ lines }: { lines: readonly SituationLine[] }) {
  if (lines.length === 0) return null
  return (
    <ul className="worse-list">
      {lines.map(({ id, words, said }) => (
        <li key={id}>
          <p>
            <PhoneText text={words} />
          </p>
          <SaidByLine said={said} />
        </li>
      ))}
    </ul>
  )
}

export function WhoToCallThen({
  step: { ring, ringAtNight, doWhat },
}: {
  step: WhatIf[WhatIfLevel]
}) {
  const isSaid = callBeside({ ring, doWhat }) === ''
  if (!ringAtNight)
    return ring && !isSaid ? (
      <p>
        <WithEnglish>
          <Trans>
            Call <PhoneText text={ring} />
          </Trans>
        </WithEnglish>
      </p>
    ) : null
  return (
    <p>
      <WithEnglish>
        {ring ? (
          <Trans>
            By day call <PhoneText text={ring} />.
          </Trans>
        ) : null}{' '}
        <Trans>
          At night call <PhoneText text={ringAtNight} />.
        </Trans>
      </WithEnglish>
    </p>
  )
}
