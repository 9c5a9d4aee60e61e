import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { importQueries } from '#client/queries/admin/import.ts'
import { saveKnownPersonValue } from '#client/queries/patient/known-person.ts'
import type { Difference } from '#domain/import/differences.ts'
import type { ImportTally } from '#domain/import/tally.ts'
import type { Person } from '#domain/person/person.ts'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

/** The names of so many people are looked up in one request. */
const mostNamed = 100
const mostShown = 200

type Line = ImportTally['differences'][number]

/** Differences between a list and people who are here already. Nothing was changed: the reader decides. */
type Props = Readonly<{ differences: readonly Line[]; total: number }>

export function ImportDifferences({ differences, total }: Props) {
  const { i18n } = useLingui()
  const shown = differences.slice(0, mostShown)
  const [first, all] = [i18n.number(shown.length), i18n.number(total)]
  const ids = [...new Set(shown.map(({ id }) => id))].slice(0, mostNamed)
  const { data: people = [] } = useQuery(importQueries.people(ids))
  return (
    <>
      <h2>
        <Trans>Different from the record</Trans>
      </h2>
      <p>
        <Trans>
          These people are already on Gable. Nothing was changed. Choose which details are right.
        </Trans>
      </p>
      <ul className="import-list">
        {shown.map((each) => (
          <DifferenceLine
            key={`${each.file} ${each.place} ${each.what} ${each.brought}`}
            line={each}
            person={people.find(({ id }) => id === each.id)}
          />
        ))}
      </ul>
      {total > shown.length ? (
        <p className="import-note">
          <Trans>
            These are the first {first} of {all}. Import the list again for the rest when these are
            decided.
          </Trans>
        </p>
      ) : null}
    </>
  )
}

/** A date as dates are shown everywhere, a sex as a word. */
function Value({ what, text }: Readonly<{ what: Difference['what']; text: string }>) {
  const { t } = useLingui()
  const sexes: Readonly<Record<string, string>> = {
    ...{ female: t`female`, male: t`male`, other: t`other`, unknown: t`not known` },
  }
  if (what === 'died' || what === 'birthDate') return <DateText date={text} />
  return <bdi>{what === 'gender' ? (sexes[text] ?? text) : text}</bdi>
}

function DifferenceLine({ line, person }: Readonly<{ line: Line; person: Person | undefined }>) {
  const { t } = useLingui()
  const { id, file, place, what, here, brought } = line
  const using = useMutation({ mutationFn: () => saveKnownPersonValue(id, line) })
  const names: Readonly<Record<Difference['what'], string>> = {
    ...{ address: t`Address`, phone: t`Phone`, email: t`Email`, name: t`Name` },
    ...{ birthDate: t`Birth date`, gender: t`Sex`, died: t`Died` },
  }
  return (
    <li>
      <p>
        <Link to={`/people/${id}/contacts`}>
          {person?.family || person?.given ? (
            <PersonName family={person.family} given={person.given} />
          ) : (
            <Trans>Open the record</Trans>
          )}
        </Link>{' '}
        <span className="import-note">
          <Trans>
            Row {place} of <bdi>{file}</bdi>
          </Trans>
        </span>
      </p>
      <dl className="gable-facts">
        <dt>
          <Trans>{names[what]}, in the record</Trans>
        </dt>
        <dd>{here ? <Value what={what} text={here} /> : <bdi>{t`nothing recorded`}</bdi>}</dd>
        <dt>
          <Trans>{names[what]}, in the list</Trans>
        </dt>
        <dd>
          <Value what={what} text={brought} />
        </dd>
      </dl>
      {using.isSuccess ? (
        <span role="status">
          {what === 'died' ? (
            <Trans>Saved. Nobody will call this person or ask for anything any more.</Trans>
          ) : (
            <Trans>Saved. The earlier one is kept as a previous one.</Trans>
          )}
        </span>
      ) : (
        line.value && (
          <Button
            variant="outline"
            pending={using.isPending}
            aria-label={t`Use the new one: ${names[what]}, ${brought}`}
            onClick={() => using.mutate()}
          >
            <Trans>Use the new one</Trans>
          </Button>
        )
      )}
      {using.isError && (
        <span role="alert">
          <Trans>This was not saved. Try again in a moment.</Trans>
        </span>
      )}
    </li>
  )
}
