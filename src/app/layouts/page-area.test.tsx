import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { afterEach, expect, test } from 'vitest'
import { activateI18n } from '#app/i18n.ts'
import { forgetToasts, pageOnScreen, toast } from '#ui/feedback/toasts.tsx'
import { PageArea } from './page-area.tsx'

const pages = ['/goal', '/plan', '/story'].map((path) => ({ path, element: <h1>{path}</h1> }))

async function opened() {
  activateI18n()
  const router = createMemoryRouter([{ element: <PageArea />, children: pages }], {
    initialEntries: ['/goal'],
  })
  render(
    <I18nProvider i18n={i18n}>
      <RouterProvider router={router} />
    </I18nProvider>,
  )
  await screen.findByRole('heading', { name: '/goal' })
  const go = async (path: string) => {
    await act(async () => await router.navigate(path))
    await screen.findByRole('heading', { name: path })
  }
  return { go, over: () => document.querySelector<HTMLElement>('.gable-toasts')?.textContent }
}

afterEach(() => {
  cleanup()
  forgetToasts()
})

test('What was said over one page can still be undone on the next, in a line that names the page before', async () => {
  const { go, over } = await opened()
  let undone = 0
  act(() => toast('Saved.', async () => (undone += 1)))
  expect(over()).toContain('Saved.')
  await go('/plan')
  expect(over(), 'nothing lies over the new page').toBe('')
  const line = screen.getByText('On the page before:', { exact: false }).closest('p')
  expect(line?.textContent).toContain('Saved.')
  await userEvent.click(within(line as HTMLElement).getByRole('button', { name: 'Undo' }))
  expect(undone).toBe(1)
  expect(screen.queryByText('On the page before:', { exact: false })).toBeNull()
})

test('It is gone on the page after the next, and what is said there is about that page', async () => {
  const { go, over } = await opened()
  act(() => toast('Saved.', async () => undefined))
  await go('/plan')
  act(() => toast('Closed.'))
  await go('/story')
  expect(document.body.textContent).not.toContain('Saved.')
  expect(screen.getByText('On the page before:', { exact: false }).textContent).toContain('Closed.')
  expect(over()).toBe('')
})

test('What is done only after the user has moved on is said of the page before', async () => {
  const { go, over } = await opened()
  const began = pageOnScreen()
  await go('/plan')
  act(() => toast('Saved.', async () => undefined, began))
  expect(over()).toBe('')
  expect(screen.getByText('On the page before:', { exact: false }).textContent).toContain('Saved.')
})
