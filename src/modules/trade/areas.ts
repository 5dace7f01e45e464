/** TARIC: the area of all countries (erga omnes). */
export const everywhereCode = '1011'
