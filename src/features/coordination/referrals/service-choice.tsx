import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { directoryQuery } from '#client/queries/directory/directory.ts'
import { type DirectoryService, isOldEntry } from '#domain/directory/directory-service.ts'
import type { Who } from '#domain/plan/plan.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** A service of the directory, as it stands in a referral. */
export const whoOfService = (id: string, name: string): Who => ({
  ...{ reference: `HealthcareService/${id}`, name, voice: 'professional' },
})

/** Whom a referral to this service asks: its organisation, if that works with Gable, or the service itself. */
const askedOf = ({ id, name, organisation }: DirectoryService): Who =>
  organisation
    ? { reference: `Organization/${organisation}`, name, voice: 'professional' }
    : whoOfService(id, name)

/** One service of the directory, with what to know before asking it. */
export function ServiceChoice(props: {
  value: string
  onChange: (service: string | undefined, asked: Who | undefined) => void
}) {
  const { t } = useLingui()
  const { value, onChange } = props
  const { data: services = [] } = useQuery(directoryQuery)
  const open = services.filter(({ isEnded }) => !isEnded)
  const chosen = open.find(({ id }) => id === value)
  if (open.length === 0) return null
  return (
    <>
      <SelectField
        label={t`Which service of the directory`}
        value={value}
        onChange={(id) => {
          const service = open.find((each) => each.id === id)
          onChange(service?.id, service && askedOf(service))
        }}
        options={[
          { value: '', label: t`None of these: somebody else` },
          ...open
            .toSorted((one, other) => one.name.localeCompare(other.name))
            .map(({ id, name, provider }) => ({ value: id, label: `${name}, ${provider}` })),
        ]}
      />
      {chosen ? <BeforeYouAsk service={chosen} /> : null}
      <p className="gable-meta">
        <Link to="/services">
          <Trans>Look in the directory</Trans>
        </Link>
      </p>
    </>
  )
}

function BeforeYouAsk({ service }: Readonly<{ service: DirectoryService }>) {
  const { waitingWeeks, eligibility, howToRefer, organisation, checkedOn } = service
  return (
    <div className="coordinate-form">
      {eligibility ? (
        <p>
          <Trans>Whom it helps: {eligibility}</Trans>
        </p>
      ) : null}
      <p>
        {waitingWeeks === undefined ? (
          <Trans>Nobody knows how long people wait.</Trans>
        ) : (
          <Plural
            value={waitingWeeks}
            _0="Nobody waits."
            one="People wait about # week."
            other="People wait about # weeks."
          />
        )}
      </p>
      <p>
        {organisation ? (
          <Trans>
            They work with Gable: they see this person’s record and answer here, until they refuse
            it or it is done.
          </Trans>
        ) : (
          <Trans>
            They do not work with Gable: this opens the record to nobody. Ask them yourself:{' '}
            {howToRefer} Write down here what you hear.
          </Trans>
        )}
      </p>
      {isOldEntry(service, clockToday()) ? (
        <p>
          <StateMark state="due">
            {checkedOn ? (
              <Trans>
                Old: checked on <DateText date={checkedOn} />
              </Trans>
            ) : (
              <Trans>Nobody has checked this</Trans>
            )}
          </StateMark>
        </p>
      ) : null}
    </div>
  )
}
