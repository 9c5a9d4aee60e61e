import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { UnmetDeed, UnmetNeeds } from '#domain/outcome/unmet-needs.ts'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { DeedForm } from './deed-form.tsx'
import { unmetKindLabels } from './unmet-kind-labels.ts'

/** What managers did about it, each entry with who wrote it, when, and what stood before. */
export function WhatWasDone({
  needs,
  deeds,
  mayWrite,
}: Pick<UnmetNeeds, 'needs' | 'deeds' | 'mayWrite'>) {
  const [isAdding, setAdding] = useState(false)
  return (
    <section className="unmet__part">
      <h2>
        <Trans>What was done about it</Trans>
      </h2>
      {deeds.length === 0 ? (
        <p>
          <Trans>Nobody has written anything yet.</Trans>
        </p>
      ) : (
        <ul className="unmet__deeds">
          {deeds.map((deed) => (
            <li key={deed.id}>
              <Deed deed={deed} />
            </li>
          ))}
        </ul>
      )}
      {mayWrite && !isAdding ? (
        <Button onClick={() => setAdding(true)}>
          <Trans>Write what was done</Trans>
        </Button>
      ) : null}
      {isAdding ? <DeedForm needs={needs} onDone={() => setAdding(false)} /> : null}
    </section>
  )
}

function Deed({ deed }: Readonly<{ deed: UnmetDeed }>) {
  const { i18n } = useLingui()
  const [isChanging, setChanging] = useState(false)
  if (isChanging) return <DeedForm deed={deed} needs={[]} onDone={() => setChanging(false)} />
  return (
    <>
      <p className="unmet__about">
        {i18n._(unmetKindLabels[deed.kind])}
        {', '}
        {deed.place || <Trans>everywhere</Trans>}
      </p>
      <p>
        <bdi>{deed.words}</bdi>
      </p>
      <p className="unmet__small">
        {deed.by}
        {', '}
        {deed.organisationName}
        {', '}
        <DateText date={deed.on} />
      </p>
      {deed.mayChange ? (
        <Button variant="link" onClick={() => setChanging(true)}>
          <Trans>Change these words</Trans>
        </Button>
      ) : null}
      <Earlier earlier={deed.earlier} />
    </>
  )
}

function Earlier({ earlier }: Pick<UnmetDeed, 'earlier'>) {
  if (earlier.length === 0) return null
  return (
    <details>
      <summary>
        <Trans>What stood here before</Trans>
      </summary>
      <ul>
        {earlier.map(({ words, by, on }) => (
          <li key={`${on} ${words}`}>
            <bdi>{words}</bdi> ({by}, <DateText date={on} />)
          </li>
        ))}
      </ul>
    </details>
  )
}
