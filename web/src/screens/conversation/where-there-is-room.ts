/** A word beside a sign below where one writes: where there is no room, the sign is seen alone. */
export const whereThereIsRoom = 'sr-only @min-[28rem]/writing:not-sr-only'
