import { expect, test } from 'vitest'
import { joined } from './joint.ts'

test('whole sentences stand side by side, and names have a semicolon between them', () => {
  expect(joined(['To walk to church.', 'To sleep past five.'])).toBe(
    'To walk to church. To sleep past five.',
  )
  expect(joined(['Amina Yusuf', 'Tom Price'])).toBe('Amina Yusuf; Tom Price')
  expect(joined(['One'])).toBe('One')
  expect(joined([])).toBe('')
})
