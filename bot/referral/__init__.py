"""What a referral is made of; `bot.referrals` is the way in."""
