import { isIP } from 'node:net'

/** True for a name or address by which only this machine reaches itself. */
export function isLoopback(name: string): boolean {
  if (name === 'localhost' || name === '::1' || name === '[::1]') return true
  return isIP(name) === 4 && name.startsWith('127.')
}
