import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { downloadPatients } from '#client/offline/download-patients.ts'
import { useOffline, useOfflineAvailable } from '#client/offline/use-offline.ts'
import type { Today } from '#domain/today/today-parameters.ts'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'
import { useDownloadedAt } from './use-downloaded-at.ts'

/** Downloading the day's people before leaving, for work without a network. Team build only. */
export function DownloadForOffline({ today }: { today: Today }) {
  const { people, isAway } = useOffline()
  const isOpen = useOfflineAvailable()
  const work = useAsyncAction()
  if (!isOpen || (isAway && people.length === 0)) return null
  return (
    <Card title={<Trans>Download my day</Trans>} className="today-download">
      {people.length > 0 && !work.pending ? <Taken /> : null}
      {work.pending ? (
        <p role="status">
          <Trans>Downloading. Stay connected until this is done.</Trans>
        </p>
      ) : null}
      {isAway ? null : <Choose today={today} work={work} />}
    </Card>
  )
}

function Taken() {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const { people } = useOffline()
  const time = useDownloadedAt()
  const last =
    people
      .map((each) => each.until)
      .toSorted()
      .at(-1) ?? ''
  const end = i18n.date(new Date(last), {
    ...{ weekday: 'long', hour: 'numeric', minute: '2-digit', ...zone },
  })
  return (
    <p role="status">
      <Plural
        value={people.length}
        one="# person is on this device, encrypted,"
        other="# people are on this device, encrypted,"
      />{' '}
      <Trans>
        as of {time}. They are removed by {end}, or when you sign out.
      </Trans>
    </p>
  )
}

function Choose({ today, work }: { today: Today; work: ReturnType<typeof useAsyncAction> }) {
  const { t } = useLingui()
  const taken = useOffline((all) => all.people).map((each) => each.id)
  const died = today.items.filter((item) => item.kind === 'died').map((item) => item.person)
  const rest = today.people.filter((each) => ![...taken, ...died].includes(each.id))
  const needing = rest.filter((each) => each.band === 'today').map((each) => each.id)
  const [chosen, setChosen] = useState<readonly string[]>()
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = work
  const values = (chosen ?? needing).filter((each) => rest.some((one) => one.id === each))
  if (rest.length === 0 && !pending && !failure) return null
  const download = async () => {
    setTried(true)
    if (values.length === 0 || pending) return
    await run(() => downloadPatients(values))
    setChosen(undefined)
    setTried(false)
  }
  return (
    <CheckedForm onSubmit={download}>
      <Checkboxes
        legend={t`Who are you visiting?`}
        hint={t`You can open their records without an internet connection. Download only the people you need.`}
        name="people"
        values={values}
        onChange={setChosen}
        options={rest.map(({ id, family, given }) => ({
          ...{ value: id, label: `${given} ${family}`.trim() },
        }))}
        error={tried && values.length === 0 ? t`Choose at least one person` : undefined}
      />
      {failure ? (
        <p role="alert">
          <Trans>Some people could not be downloaded. Please try again.</Trans>
        </p>
      ) : null}
      <Button type="submit" pending={pending}>
        {values.length === 0 ? (
          <Trans>Download</Trans>
        ) : (
          <Plural value={values.length} one="Download # person" other="Download # people" />
        )}
      </Button>
    </CheckedForm>
  )
}
