import { expect, type Locator, type Page } from '@playwright/test'

/** How a user works with the page: with a pointer or a finger, or only with the keyboard. */
export type Hands = Readonly<{
  press: (target: Locator) => Promise<void>
  write: (field: Locator, text: string) => Promise<void>
  choose: (list: Locator, option: string) => Promise<void>
  mark: (choice: Locator) => Promise<void>
  /** a day as YYYY-MM-DD into the three boxes of a date field */
  day: (field: Locator, day: string) => Promise<void>
}>

export const byPointer: Hands = {
  press: async (target) => await target.click(),
  write: async (field, text) => await field.fill(text),
  choose: async (list, option) => {
    await list.selectOption({ label: option })
  },
  mark: async (choice) => await choice.check(),
  day: async (field, day) => {
    for (const [box, text] of boxesFor(day)) await field.getByLabel(box).fill(text)
  },
}

/** The three boxes of a date field, and what is typed into each. */
function boxesFor(day: string): readonly (readonly [box: string, text: string])[] {
  const [year = '', month = '', date = ''] = day.split('-').map((part) => String(Number(part)))
  return [
    ['Day', date],
    ['Month', month],
    ['Year', year],
  ]
}

const mostStops = 600

/** Everything through Tab, arrows, Enter, Space and typing; each used element must show the focus. */
export function byKeyboard(page: Page): Hands {
  return {
    press: async (target) => {
      await reach(page, target)
      await page.keyboard.press('Enter')
    },
    write: async (field, text) => {
      await reach(page, field)
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.type(text)
    },
    choose: async (list, option) => {
      await reach(page, list)
      // the names may still be loading
      await expect(list.locator('option', { hasText: option }).first()).toBeAttached()
      await page.keyboard.type(option.slice(0, 12))
      await expect(list.locator('option:checked')).toHaveText(option)
    },
    mark: async (choice) => {
      await reach(page, choice)
      // an arrow key that reaches a radio button selects it
      if (!(await choice.isChecked())) await page.keyboard.press('Space')
      await expect(choice).toBeChecked()
    },
    day: async (field, day) => {
      for (const [box, text] of boxesFor(day)) {
        await reach(page, field.getByLabel(box))
        await page.keyboard.press('ControlOrMeta+A')
        await page.keyboard.type(text)
        await expect(field.getByLabel(box)).toHaveValue(text)
      }
    },
  }
}

/** Tab after Tab until the focus is there; inside a group of radio buttons, the arrows. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stop = 0; stop < mostStops; stop += 1) {
    const place = await target.evaluate(whereFocusIs)
    if (place === 'chosen') return
    if (place === 'here') return await expectShown(target)
    await page.keyboard.press(place === 'in-its-group' ? 'ArrowDown' : 'Tab')
  }
  throw new Error(`The keyboard does not reach ${target}`)
}

/** A choice that opens a dialog loses the focus, although it is made. */
function whereFocusIs(target: Element): 'here' | 'chosen' | 'in-its-group' | 'elsewhere' {
  const focused = document.activeElement
  if (focused === target) return 'here'
  if (target instanceof HTMLInputElement && target.type === 'radio' && target.checked)
    return 'chosen'
  const isRadio = (each: Element | null): each is HTMLInputElement =>
    each instanceof HTMLInputElement && each.type === 'radio'
  if (isRadio(focused) && isRadio(target) && focused.name === target.name) return 'in-its-group'
  return 'elsewhere'
}

async function expectShown(target: Locator): Promise<void> {
  const isShown = await target.evaluate((element) => {
    const marked = (each: Element, pseudo?: string) => {
      const style = getComputedStyle(each, pseudo)
      return style.outlineStyle !== 'none' || style.boxShadow !== 'none'
    }
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined
    return marked(element) || Boolean(label && marked(label, '::before'))
  })
  expect(isShown, `focus is seen on ${target}`).toBe(true)
}
