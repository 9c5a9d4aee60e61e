import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { type ListRead, listRows } from '#client/queries/admin/import.ts'
import { rosterQuery, takeWholeList } from '#client/queries/monitoring/roster.ts'
import { useSession } from '#client/session/session.ts'
import type { WholeList } from '#domain/roster/roster-parameters.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { WouldLeave } from './would-leave.tsx'

/**
 * Only the importer knows whether a list is everybody who is registered with a practice. Then whoever is not on it left:
 * after the importer has seen who that is.
 */
export function WholeListStep({ list }: { list: ListRead }) {
  const { t } = useLingui()
  return (
    <details className="import-help">
      <summary>
        <Trans>Is this the whole registered list of a practice?</Trans>
      </summary>
      <p>
        <Trans>
          If it is, whoever is not in <bdi>{list.file}</bdi> is marked as left. Nobody’s record is
          deleted, and nobody’s access changes. You see first who that would be.
        </Trans>
      </p>
      {list.survey.isCut ? (
        <Notice tone="warning" title={t`This file was cut`}>
          <p>
            <Trans>Get the whole file and import it. Nobody leaves because of a cut file.</Trans>
          </p>
        </Notice>
      ) : (
        <Ask list={list} />
      )}
    </details>
  )
}

function Ask({ list }: { list: ListRead }) {
  const { t } = useLingui()
  const own = useSession(({ actor }) => actor?.organisation)
  const isAdmin = useSession(({ actor }) => actor?.role === 'admin')
  const { data } = useQuery(rosterQuery({}))
  const practices = (data?.practices ?? []).filter(({ id }) => isAdmin || id === own)
  const [organisation, setOrganisation] = useState<string>()
  const [date, setDate] = useState(clockToday())
  const [count, setCount] = useState('')
  const [seen, setSeen] = useState<WholeList>()
  const { pending, refusal, run } = useTake()
  const ask = {
    ...{ organisation: organisation ?? practices[0]?.id ?? '', date, count: Number(count) || 0 },
  }
  const look = () =>
    run(async () =>
      setSeen(await takeWholeList({ ...ask, rows: await listRows(list), reason: '' })),
    )
  const take = (confirm: number, reason: string) =>
    run(async () =>
      setSeen(await takeWholeList({ ...ask, rows: await listRows(list), confirm, reason })),
    )
  if (seen?.taken) return <Taken list={seen} />
  return (
    <>
      <SelectField
        label={t`Practice`}
        value={ask.organisation}
        onChange={(value) => {
          setOrganisation(value)
          setSeen(undefined)
        }}
        options={practices.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <DateField
        label={t`Of which day is the list?`}
        value={date}
        onChange={(value) => {
          setDate(value)
          setSeen(undefined)
        }}
      />
      <TextField
        label={t`How many people does its system say are registered?`}
        hint={t`So that we notice if the file was cut. This file has ${list.survey.rows} rows.`}
        value={count}
        onChange={(value) => {
          setCount(value)
          setSeen(undefined)
        }}
      />
      <p>
        <Button variant="outline" pending={pending} onClick={() => void look()}>
          <Trans>See who would leave</Trans>
        </Button>
      </p>
      {refusal ? (
        <Notice tone="danger" title={<Trans>Nobody was marked as left</Trans>}>
          <p>{refusal}</p>
        </Notice>
      ) : null}
      {seen ? <WouldLeave list={seen} pending={pending} take={take} /> : null}
    </>
  )
}

/** One request at a time; why the last one was refused, in the service’s words. */
function useTake() {
  const { t } = useLingui()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  async function run(work: () => Promise<void>): Promise<void> {
    setPending(true)
    setRefusal(undefined)
    try {
      await work()
    } catch (error) {
      const isRefused = error instanceof FhirError && error.kind === 'refused'
      setRefusal(isRefused ? error.message : t`We could not reach the service. Try again.`)
    } finally {
      setPending(false)
    }
  }
  return { pending, refusal, run }
}

function Taken({ list }: { list: WholeList }) {
  return (
    <Notice tone="done" title={<Trans>This is now the whole list</Trans>}>
      <p>
        <Plural
          value={list.leaving}
          one="# person was marked as left."
          other="# people were marked as left."
        />{' '}
        <Link to="/find/roster">
          <Trans>See the registered list, where this can be taken back</Trans>
        </Link>
      </p>
    </Notice>
  )
}
