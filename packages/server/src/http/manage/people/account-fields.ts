import { z } from 'zod'
import { USER_ROLES } from '../../../accounts/user.ts'

/** What requests about accounts have in common, whoever makes them. */
export const password = z.string().max(1024)
export const newPassword = password.min(12, 'expected a password of at least 12 characters')
export const personName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\0'), 'expected a text without NUL')

export const UserAnswer = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string(), role: z.enum(USER_ROLES) }),
})
