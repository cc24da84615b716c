"""Phones in a browser, and the mailbox that the referrals arrive in, for people who try Batea out."""
