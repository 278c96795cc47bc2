/** Of cubes, dimensions and measures. They stand in addresses, in names of tables and columns, and in formulas. */
export const NAME = /^[a-z][a-z0-9_]{0,39}$/
export const NAME_TEXT = 'a name of lower case letters, digits and _ that begins with a letter, at most 40 characters'
