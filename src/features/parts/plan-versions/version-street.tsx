import { Trans, useLingui } from '@lingui/react/macro'
import type { CSSProperties } from 'react'
import { Link } from 'react-router'
import type { PlanVersion } from '#domain/plan/versions/plan-version.ts'
import { HouseThumbnail } from '#ui/house/house-thumbnail.tsx'
import { isAgreedVersion } from './use-plan-versions.ts'
import { useMomentText } from './version-reader.ts'

type StreetProps = Readonly<{
  versions: readonly PlanVersion[]
  /** numbers of the versions that are compared */
  from: number | undefined
  to: number | undefined
  name: string
  linkTo: (version: PlanVersion) => string
}>

const mostHouses = 12

/** A small house for each version on one ground line: filled where the person said yes. The two compared are larger. */
export function VersionStreet(props: StreetProps) {
  const { t } = useLingui()
  const { versions, from, to, name } = props
  const shown = shownHouses(versions, [from, to])
  return (
    <div className="plan-street">
      <section className="plan-street__scroll" aria-label={t`Versions of the plan`}>
        <ol className="plan-street__houses">
          {shown.map((version, at) => (
            <StreetVersion
              key={version.number}
              {...props}
              version={version}
              gap={gapBefore(shown, at)}
            />
          ))}
        </ol>
      </section>
      <p className="gable-meta">
        <Trans>
          A filled roof is a version that {name} said yes to. A white roof is one nobody has agreed.
        </Trans>
      </p>
    </div>
  )
}

function StreetVersion({
  version,
  gap,
  from,
  to,
  name,
  linkTo,
}: StreetProps & Readonly<{ version: PlanVersion; gap: number }>) {
  const { t } = useLingui()
  const moment = useMomentText()
  const { number } = version
  const isCompared = number === from || number === to
  const agreed = isAgreedVersion(version)
  const day = moment(version.at)
  const style = { '--gap': gap } as CSSProperties
  const classes = [isCompared ? 'is-compared' : '', isBetween(version, { from, to })]
  return (
    <li style={style} className={classes.join(' ')}>
      <Link
        to={linkTo(version)}
        aria-current={isCompared ? 'true' : undefined}
        aria-label={
          agreed
            ? t`Version ${number}, ${day}, ${name} said yes`
            : t`Version ${number}, ${day}, ${name} has not said yes`
        }
      >
        <span aria-hidden="true">{number}</span>
        <HouseThumbnail state={agreed ? 'agreed' : 'waiting'} size={isCompared ? 64 : 40} />
      </Link>
    </li>
  )
}

function isBetween(
  { number }: PlanVersion,
  { from, to }: Pick<StreetProps, 'from' | 'to'>,
): string {
  if (from === undefined || to === undefined) return ''
  return number > Math.min(from, to) && number <= Math.max(from, to) ? 'is-between' : ''
}

/** The compared ones, the ends, then those that were agreed, then the newest; in their order. */
function shownHouses(
  versions: readonly PlanVersion[],
  compared: readonly (number | undefined)[],
): readonly PlanVersion[] {
  const ranked = [
    ...versions.filter(({ number }) => compared.includes(number)),
    ...[versions[0], versions.at(-1)].flatMap((each) => each ?? []),
    ...versions.filter(isAgreedVersion),
    ...versions,
  ]
  return [...new Set(ranked)]
    .slice(0, mostHouses)
    .toSorted((one, other) => one.number - other.number)
}

const widest = 8

/** Longer times are wider, but not in proportion: a year would leave no room for the rest. */
function gapBefore(shown: readonly PlanVersion[], at: number): number {
  const [before, version] = [shown[at - 1], shown[at]]
  if (!before || !version) return 0
  const days = (Date.parse(version.at) - Date.parse(before.at)) / 86_400_000
  return Math.min(widest, Math.max(1, Math.round(Math.sqrt(Math.max(0, days)))))
}
