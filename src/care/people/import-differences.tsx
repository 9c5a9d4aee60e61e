import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'react-router'
import { takeValue } from '#data/known-person.ts'
import { Button } from '#design/button.tsx'
import type { Difference } from '#domain/import/differences.ts'
import type { Tally } from '#domain/import/tally.ts'

type Line = Tally['differences'][number]

/** What a list says of people who are here already. Nothing was changed: the reader decides. */
export function ImportDifferences({ differences }: { differences: readonly Line[] }) {
  return (
    <>
      <h2>
        <Trans>Different from the record</Trans>
      </h2>
      <p>
        <Trans>These people are here already. Nothing was changed. Choose what is right.</Trans>
      </p>
      <ul className="import-list">
        {differences.map((each) => (
          <DifferenceLine
            key={`${each.file} ${each.place} ${each.what} ${each.brought}`}
            line={each}
          />
        ))}
      </ul>
    </>
  )
}

function DifferenceLine({ line }: { line: Line }) {
  const { t } = useLingui()
  const { id, file, place, what, here, brought } = line
  const using = useMutation({ mutationFn: () => takeValue(id, line) })
  const names: Readonly<Record<Difference['what'], string>> = {
    ...{ address: t`Address`, phone: t`Phone`, email: t`Email`, name: t`Name` },
    ...{ birthDate: t`Birth date`, gender: t`Sex`, died: t`Died` },
  }
  return (
    <li>
      <Link to={`/people/${id}/contacts`}>
        <Trans>Open the record</Trans>
      </Link>
      <span>
        {names[what]}: <bdi>{here || t`nothing recorded`}</bdi> → <bdi>{brought}</bdi>
      </span>
      {using.isSuccess ? (
        <span role="status">
          <Trans>Saved. The earlier one is kept as a former one.</Trans>
        </span>
      ) : (
        line.value && (
          <Button
            variant="outline"
            pending={using.isPending}
            aria-label={t`Use the new one: ${brought}`}
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
      <span className="import-note">
        <Trans>
          Row {place} of <bdi>{file}</bdi>
        </Trans>
      </span>
    </li>
  )
}
