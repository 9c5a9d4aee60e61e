import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { carePackagesQuery, tellMissedVisit } from '#client/queries/social-care/care-packages.ts'
import type { CarePackage } from '#domain/social-care/care-package.ts'
import type { SupportPlan } from '#domain/social-care/support-plan.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { CarePackageView } from '#features/parts/social-care/care-package-view.tsx'
import { MissedVisitForm } from '#features/parts/social-care/missed-visit-form.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CarePackageForm } from './care-package-form.tsx'
import { WeekOfCareLine } from './week-of-care-line.tsx'

type Props = Readonly<{ person: string; plan: SupportPlan | undefined }>

/** Who provides care, when they come, and what a week of it is beside the budget. */
export function CarePackagesSection({ person, plan }: Props) {
  const { t } = useLingui()
  const { data: packages } = useSuspenseQuery(carePackagesQuery(person))
  const [adding, setAdding] = useState(false)
  return (
    <section className="gable-section" aria-label={t`Package of care`}>
      <h2>
        <Trans>Package of care</Trans>
      </h2>
      {packages.length > 0 ? (
        <WeekOfCareLine {...{ packages, plan }} />
      ) : adding ? null : (
        <p>
          <Trans>Nobody is written down here yet who comes and helps.</Trans>
        </p>
      )}
      {packages.map((one) => (
        <Package key={one.id} {...{ person, one }} />
      ))}
      {adding ? (
        <CarePackageForm {...{ person }} onDone={() => setAdding(false)} />
      ) : (
        <Button variant="outline" onClick={() => setAdding(true)}>
          <Trans>Add who provides care</Trans>
        </Button>
      )}
    </section>
  )
}

function Package({ person, one }: Readonly<{ person: string; one: CarePackage }>) {
  const [changing, setChanging] = useState(false)
  return (
    <div className="support-package">
      <h3>{one.provider}</h3>
      <CarePackageView
        one={one}
        acts={({ id, visit, on }) => (
          <ReasonButton
            draft={`settle:${id}`}
            verb={<Trans>Say what was done</Trans>}
            title={<Trans>What was done about it?</Trans>}
            label={<Trans>The person reads it.</Trans>}
            run={(words) =>
              tellMissedVisit(person, { package: one.id, id: '', visit, on, words, settles: id })
            }
          />
        )}
      />
      {changing ? (
        <CarePackageForm {...{ person, one }} onDone={() => setChanging(false)} />
      ) : (
        <div className="carer-form__bar">
          <Button variant="outline" onClick={() => setChanging(true)}>
            <Trans>Change or end this care</Trans>
          </Button>
          <MissedVisitForm one={one} />
        </div>
      )}
    </div>
  )
}
