import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { MissingKind } from '#domain/population/missing.ts'
import type { Population } from '#domain/population/population-parameters.ts'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { countIn, People } from './count.tsx'
import { Step } from './step.tsx'

/** Who is missing: a list shows only those it can see. */
export function MissingStep({ population: { missing, rounded } }: { population: Population }) {
  return (
    <Step
      number={5}
      title={<Trans>Who is missing?</Trans>}
      words={
        <p>
          <Trans>
            A list shows only those it can see. These people have no rank, and are never ranked
            last.
          </Trans>
        </p>
      }
    >
      <ul className="population-missing">
        {missing.map(({ kind, people }) => (
          <li key={kind} className="gable-missing">
            <h3>
              <People of={people} />
            </h3>
            <p>
              <Why kind={kind} />
            </p>
            {rounded || countIn(people) === 0 ? null : <Link kind={kind} />}
          </li>
        ))}
      </ul>
    </Step>
  )
}

function Why({ kind }: { kind: MissingKind }): ReactNode {
  if (kind === 'no-contact')
    return (
      <Trans>
        have had no visit, call or stay recorded for two years. Well, or out of reach: nobody knows.
      </Trans>
    )
  if (kind === 'nothing-coded')
    return <Trans>have nothing coded in their record that a chance could be counted from.</Trans>
  if (kind === 'no-chance')
    return (
      <Trans>
        have something coded, but too few people here are like them, or their age is not known.
      </Trans>
    )
  if (kind === 'not-reached')
    return (
      <Trans>
        are in the top twentieth, have no coordinator, and no contact is recorded for a year.
      </Trans>
    )
  if (kind === 'said-no')
    return (
      <Trans>
        said no to being looked for, or to a case manager. It is their choice, and their care is the
        same.
      </Trans>
    )
  return <Trans>said no to planning with their data. They are in no number on this page.</Trans>
}

function Link({ kind }: { kind: MissingKind }) {
  if (kind === 'nothing-coded' || kind === 'no-chance')
    return (
      <LinkButton to="/find?order=chance&unscored=yes" variant="link">
        <Trans>See people without a chance</Trans>
      </LinkButton>
    )
  if (kind !== 'not-reached') return null
  return (
    <LinkButton to="/find?order=chance&changeable=not-seen" variant="link">
      <Trans>See who was not seen for a year</Trans>
    </LinkButton>
  )
}
