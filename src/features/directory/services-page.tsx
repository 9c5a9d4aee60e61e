import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { directoryQuery } from '#client/queries/directory/directory.ts'
import { useSession } from '#client/session/session.ts'
import {
  keepsDirectory,
  type ServiceFilter,
  servicesFor,
} from '#domain/directory/directory-service.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { ImportServices } from './import-services.tsx'
import { ServiceForm } from './service-form.tsx'
import { ServiceRow } from './service-row.tsx'
import './directory.css'

/** Whom people can be referred to, and where they can go themselves. */
export function ServicesPage() {
  const { t } = useLingui()
  return (
    <div className="services">
      <PageHeading
        title={t`Services`}
        lead={t`Who can help, whom they help, how long people wait, and how to ask.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Directory />
      </Suspense>
    </div>
  )
}

const all: ServiceFilter = { words: '', area: '', social: false, checked: false }

function Directory() {
  const { data: services } = useSuspenseQuery(directoryQuery)
  const mayKeep = useSession(({ actor }) => keepsDirectory(actor?.role))
  const [filter, setFilter] = useState(all)
  const open = services.filter(({ isEnded }) => !isEnded)
  const shown = servicesFor(open, filter, clockToday())
  const areas = [...new Set(open.flatMap((each) => each.areas))].toSorted()
  return (
    <div className="gable-columns services__columns">
      <div>
        <Filters filter={filter} areas={areas} onChange={setFilter} />
        <UnverifiedMark what="referral-days" />
        <p className="services__count" aria-live="polite">
          <Plural value={shown.length} _0="No service fits" one="# service" other="# services" />
        </p>
        {open.length === 0 ? (
          <EmptyState title={<Trans>No services yet</Trans>}>
            <p>
              {mayKeep ? (
                <Trans>Add one, or read in a list.</Trans>
              ) : (
                <Trans>Case managers and social workers keep the directory.</Trans>
              )}
            </p>
          </EmptyState>
        ) : null}
        {shown.length > 0 ? (
          <ul className="gable-boxed-rows">
            {shown.map((service) => (
              <ServiceRow key={service.id} service={service} mayKeep={mayKeep} />
            ))}
          </ul>
        ) : null}
      </div>
      <aside>{mayKeep ? <Keep /> : null}</aside>
    </div>
  )
}

function Keep() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      {isOpen ? (
        <ServiceForm onDone={() => setOpen(false)} />
      ) : (
        <Button variant="outline" onClick={() => setOpen(true)}>
          <Trans>Add a service</Trans>
        </Button>
      )}
      <ImportServices />
    </>
  )
}

const waits = [2, 6, 12, 18] as const

function Filters(props: {
  filter: ServiceFilter
  areas: readonly string[]
  onChange: (filter: ServiceFilter) => void
}) {
  const { t } = useLingui()
  const { filter, areas, onChange } = props
  return (
    <search className="services__filters" aria-label={t`Find a service`}>
      <TextField
        label={t`What are you looking for?`}
        value={filter.words}
        onChange={(words) => onChange({ ...filter, words })}
      />
      <SelectField
        label={t`Area`}
        value={filter.area}
        onChange={(area) => onChange({ ...filter, area })}
        options={[
          { value: '', label: t`Everywhere` },
          ...areas.map((area) => ({ value: area, label: area })),
        ]}
      />
      <SelectField
        label={t`Waiting time`}
        value={String(filter.weeks ?? '')}
        onChange={(weeks) =>
          onChange({ ...filter, weeks: weeks === '' ? undefined : Number(weeks) })
        }
        options={[
          { value: '', label: t`Any` },
          ...waits.map((weeks) => ({ value: String(weeks), label: t`At most ${weeks} weeks` })),
        ]}
      />
      <label className="services__tick">
        <input
          type="checkbox"
          checked={filter.social}
          onChange={(event) => onChange({ ...filter, social: event.target.checked })}
        />{' '}
        <Trans>Groups, company and advice only (social prescribing)</Trans>
      </label>
      <label className="services__tick">
        <input
          type="checkbox"
          checked={filter.checked}
          onChange={(event) => onChange({ ...filter, checked: event.target.checked })}
        />{' '}
        <Trans>Checked lately only</Trans>
      </label>
    </search>
  )
}
