import { Trans } from '@lingui/react/macro'
import { useDraft } from '#client/forms/use-draft.ts'
import type { Preparation } from '#domain/preparation/preparation.ts'
import { preparationPrompts } from '#domain/preparation/prompts.ts'

type Kept = Readonly<{ mine: Preparation }> | undefined

/** What was typed and not sent, while no talk is planned to which it could be sent. */
export function KeptWords({ person }: { person: string }) {
  const [draft] = useDraft<Kept>(`prepare:${person}`, undefined)
  if (!draft) return null
  const { asks, answers } = draft.mine
  const words = [...asks, ...preparationPrompts.map((prompt) => answers[prompt] ?? '')]
  return (
    <section aria-labelledby="kept-title">
      <h2 id="kept-title">
        <Trans>What you wrote and did not send</Trans>
      </h2>
      <p>
        <Trans>It stays on this device. When a day is set, you can change it and send it.</Trans>
      </p>
      <ul>
        {words
          .filter((each) => each.trim() !== '')
          .map((each) => (
            <li key={each}>{each}</li>
          ))}
      </ul>
    </section>
  )
}
