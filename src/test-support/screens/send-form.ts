import { screen } from '@testing-library/react'
import { expect } from 'vitest'
import type { OpenApp } from './open-app.tsx'

type Words = string | RegExp

export type FormToSend = Readonly<{
  /** the button that sends it */
  press: Words
  /** the field that is named when nothing is filled in; absent if the form cannot be sent empty */
  asksFor?: string
  /** a text field, and the text for it */
  field: Words
  words: string
  /** fills in the rest */
  rest?: (app: OpenApp) => Promise<void>
  /** the button that confirms the question that follows */
  yes?: string
}>

/**
 * What every form does: sent empty, it names the missing field and moves there; while the service fails, it says so
 * and keeps what was typed; its button can be reached with Tab, and then the text is in the record.
 */
export async function sendForm(app: OpenApp, form: FormToSend): Promise<void> {
  const { user } = app
  if (form.asksFor) await expectToBeLed(app, form)
  await user.click(field(form))
  await user.clear(field(form))
  await user.paste(form.words)
  await form.rest?.(app)
  app.failCalls(500)
  await send(app, form)
  expect(screen.getAllByRole('alert').length).toBeGreaterThan(0)
  expect(field(form).value).toBe(form.words)
  app.restoreCalls()
  await send(app, form)
  expect(await recorded(app, form.words)).not.toEqual([])
}

async function expectToBeLed(app: OpenApp, form: FormToSend): Promise<void> {
  await app.user.click(screen.getByRole('button', { name: form.press }))
  await app.settled()
  const asked = control(form.asksFor ?? '', form)
  expect(document.activeElement).toBe(asked)
  expect(asked.closest('.nhsuk-form-group')?.textContent).toContain('Error:')
}

/** With the keyboard only. */
async function send(app: OpenApp, form: FormToSend): Promise<void> {
  const { user } = app
  const yes = form.yes && screen.queryByRole('button', { name: form.yes })
  if (!yes) {
    field(form).focus()
    const button = screen.getByRole('button', { name: form.press })
    for (let tabs = 0; document.activeElement !== button && tabs < 30; tabs += 1) await user.tab()
    expect(document.activeElement).toBe(button)
    await user.keyboard('{Enter}')
    await app.settled()
  }
  if (form.yes) await user.click(screen.getByRole('button', { name: form.yes }))
  await app.settled()
}

const field = (form: FormToSend) => control(form.field, form)

/** A field by its label; two forms on a page may have the same label. */
function control(label: Words, { press }: FormToSend): HTMLInputElement {
  const all = screen
    .getAllByLabelText<HTMLInputElement>(label)
    .filter((each) => each.matches('input, textarea, select'))
  const form = screen.getByRole('button', { name: press }).closest('form, .gable-form, section')
  const found = all.find((each) => form?.contains(each)) ?? all[0]
  if (!found) throw new Error(`There is no field ${label}`)
  return found
}

/** Types of the records that contain this text. */
export async function recorded(app: OpenApp, words: string): Promise<readonly string[]> {
  const { rows } = await app.server.sql.query<{ rt: string }>(
    'select distinct rt from resource where content::text like $1 order by rt',
    [`%${words}%`],
  )
  return rows.map(({ rt }) => rt)
}
