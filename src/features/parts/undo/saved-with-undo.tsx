import { Trans } from '@lingui/react/macro'
import { undoChange } from '#client/queries/versions/undo-change.ts'
import type { PlanRecord } from '#domain/plan/plan.ts'
import { pageOnScreen, toast } from '#ui/feedback/toasts.tsx'

type Edit<T> = Readonly<{ base?: T | undefined; mine: T }>

/** Saves a changed record of the plan, says so, and offers to undo it. A new one has nothing to go back to. */
export const savedWithUndo =
  <T extends PlanRecord & { person: string }>(
    type: string,
    planId: string | undefined,
    save: (edit: Edit<T>) => Promise<T>,
  ) =>
  async (edit: Edit<T>): Promise<T> => {
    const page = pageOnScreen()
    const saved = await save(edit)
    const { base } = edit
    if (base?.version && saved.version !== base.version)
      toast(
        <Trans>Saved.</Trans>,
        () => undoChange({ type, person: saved.person, planId, last: saved, former: base }),
        page,
      )
    return saved
  }
