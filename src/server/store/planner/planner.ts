/**
 * What PostgreSQL is told about the disk, on every connection and in PGlite: a random page costs hardly more than the
 * next one, as on any disk without moving parts. With its default, made for rotating disks, it collects everyone whom
 * an organisation can see rather than look one person up.
 */
export const plannerSetting = 'random_page_cost=1.1'
