import { Trans, useLingui } from '@lingui/react/macro'
import type { Goal } from '#domain/goal/goal.ts'
import {
  type AttainmentLevel,
  attainmentLevels,
  indexOfLevel,
} from '#domain/goal/said/attainment.ts'
import type { LadderRow } from '#domain/goal/said/attainment-score.ts'
import type { Voice } from '#domain/plan/plan.ts'
import { Avatar } from '#ui/layout/avatar.tsx'
import { useMonthOf } from './use-month-of.ts'

/** A level as a number with a proper minus: −2 to +2. */
export const levelNumber = (level: AttainmentLevel): string =>
  level > 0 ? `+${level}` : String(level).replace('-', '−')

type LadderProps = Readonly<{
  goal: Goal
  levels: readonly string[]
  rows: readonly LadderRow[]
  roleOf: (reference: string) => string
}>

/** The five levels as columns, and a row for each party. On a phone each row lists only what was said. */
export function AttainmentLadder({ goal, levels, rows, roleOf }: LadderProps) {
  const { t } = useLingui()
  return (
    <table className="goal-ladder">
      <caption className="nhsuk-u-visually-hidden">
        <Trans>How far: {goal.words}</Trans>
      </caption>
      <thead>
        <tr>
          <td />
          {attainmentLevels.map((level, at) => (
            <th key={level} scope="col" className={level === 0 ? 'is-expected' : undefined}>
              <span className="goal-ladder__words">{levels[at]}</span>
              <span className="goal-ladder__number">
                {levelNumber(level)}
                {level === 0 ? (
                  <span className="nhsuk-u-visually-hidden">
                    , <Trans>what we agreed to reach</Trans>
                  </span>
                ) : null}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.by.reference}>
            <th scope="row">
              <span className="goal-ladder__who">
                <Avatar name={row.by.name} voice={row.by.voice} />
                <span>
                  <b>{row.by.name || t`Someone`}</b>
                  <br />
                  <span className="gable-meta">{roleOf(row.by.reference)}</span>
                </span>
              </span>
            </th>
            <Cells row={row} levels={levels} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cells({ row, levels }: { row: LadderRow; levels: readonly string[] }) {
  const { now, before } = row
  if (now && now.level === undefined)
    return (
      <td colSpan={5} className="goal-ladder__hidden">
        <Trans>Has answered. You see it when you have answered yourself.</Trans>
      </td>
    )
  return attainmentLevels.map((level) => (
    <td
      key={level}
      className={[
        level === 0 ? 'is-expected' : '',
        now?.level === level || before?.level === level ? 'is-said' : '',
      ].join(' ')}
    >
      {before?.level === level ? (
        <Before at={before.at} words={levels[indexOfLevel(level)]} />
      ) : null}
      {now?.level === level ? (
        <Now voice={row.by.voice} level={level} words={levels[indexOfLevel(level)]} />
      ) : null}
    </td>
  ))
}

function Before({ at, words }: Readonly<{ at: string; words: string | undefined }>) {
  const monthOf = useMonthOf()
  return (
    <span className="goal-ladder__before">
      <span className="goal-ladder__phone-words">{words}: </span>
      <Trans>was here in {monthOf(at)}</Trans>
    </span>
  )
}

const shapes: Readonly<Record<Voice, React.ReactNode>> = {
  person: <circle cx="9" cy="9" r="8" fill="currentColor" />,
  carer: <path d="M9 0.5l8.5 8.5L9 17.5 0.5 9z" fill="currentColor" />,
  professional: <rect x="1.5" y="1.5" width="15" height="15" rx="1.5" fill="currentColor" />,
}

/** A shape for each party, so that the table reads without colour. */
function Now(props: Readonly<{ voice: Voice; level: AttainmentLevel; words: string | undefined }>) {
  return (
    <span className="goal-ladder__now">
      <svg viewBox="0 0 18 18" aria-hidden="true" focusable="false">
        {shapes[props.voice]}
      </svg>
      <span className="goal-ladder__phone-words">{props.words}</span>
      <span className="nhsuk-u-visually-hidden">
        <Trans>is here now</Trans>
      </span>
      <b>{levelNumber(props.level)}</b>
    </span>
  )
}
