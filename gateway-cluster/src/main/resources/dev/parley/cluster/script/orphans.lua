-- Abandoned users of groups, whose epoch is over.
--
-- Arguments: most       the most users
-- Result:    empty if there are none; else, after a tab each, an epoch and addresses of its users

operation('orphans', 1, function(most)
  local seat = some_grave()
  local users = {}
  for _, user in ipairs(seat and call('SRANDMEMBER', KEY.users .. seat, most) or {}) do
    if string.find(user, '/', 1, true) and not string.find(user, '%c') then
      users[#users + 1] = user
    else
      call('SREM', KEY.users .. seat, user)
      set_aside('users')
    end
  end
  return #users > 0 and seat .. '\t' .. table.concat(users, '\t') or ''
end)
