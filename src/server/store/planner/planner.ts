/**
 * What PostgreSQL is told of the device, on every connection and in PGlite: a page out of order costs hardly more than
 * the next one, as on any disk without moving parts. With its default, made for turning disks, it gathers everyone whom
 * an organisation knows rather than look one person up.
 */
export const plannerSetting = 'random_page_cost=1.1'
