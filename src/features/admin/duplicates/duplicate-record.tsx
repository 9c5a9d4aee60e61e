import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { joinRecords, partRecords } from '#client/queries/patient/duplicates.ts'
import type { Duplicate } from '#domain/person/duplicates-fhir.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Chip } from '#ui/layout/chip.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

type Props = Readonly<{ record: Duplicate; records: readonly Duplicate[]; isAdmin: boolean }>

/** One of several records with the same number; an administrator may join it to the one in use. */
export function DuplicateRecord({ record, records, isAdmin }: Props) {
  const { id, family, given, birthDate } = record
  const other =
    records.find((each) => each.id !== id && each.counts) ?? records.find((each) => each.id !== id)
  return (
    <li>
      <h3>
        <Link to={`/people/${id}/plan`}>
          {family || given ? (
            <PersonName {...{ family, given }} />
          ) : (
            <Trans>No name recorded</Trans>
          )}
        </Link>
      </h3>
      <p className="gable-meta">
        {birthDate ? (
          <Trans>
            Born <DateText date={birthDate} />
          </Trans>
        ) : (
          <Trans>Birth date not known</Trans>
        )}
        {' · '}
        <Trans>
          Record <bdi>{id}</bdi>
        </Trans>
      </p>
      <p className="duplicates-marks">
        {record.counts && (
          <Chip>
            <Trans>In use for messages and sign-in</Trans>
          </Chip>
        )}{' '}
        {record.hasOpenCase && (
          <Chip>
            <Trans>Has an open case</Trans>
          </Chip>
        )}
      </p>
      {isAdmin && other && !record.counts && <Join join={id} keep={other.id} />}
    </li>
  )
}

function Join({ keep, join }: Readonly<{ keep: string; join: string }>) {
  const { t } = useLingui()
  return (
    <ConfirmAction
      verb={<Trans>Join into the record in use</Trans>}
      label={t`Join into the record in use: ${join}`}
      variant="outline"
      title={t`Join these two records?`}
      yes={<Trans>Join them</Trans>}
      no={<Trans>Cancel</Trans>}
      run={() => joinRecords({ keep, join })}
      done={() => toast(<Trans>The records were joined.</Trans>, () => partRecords({ keep, join }))}
      failed={<Trans>The records were not joined</Trans>}
    >
      <p>
        <Trans>
          Record {join} will point to record {keep}. Nothing is deleted, nobody gets access they did
          not have before, and you can undo this.
        </Trans>
      </p>
    </ConfirmAction>
  )
}
