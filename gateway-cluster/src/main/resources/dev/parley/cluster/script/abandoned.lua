-- Abandoned users of groups, whose epoch is over.
--
-- Arguments: most       the most users
-- Result:    empty if there are none; else, after a tab each, an epoch and addresses of its users

operation('abandoned', 1, function(most)
  local epoch = some_tombstone()
  local users = {}
  for _, user in ipairs(epoch and call('SRANDMEMBER', KEY.users .. epoch, most) or {}) do
    if string.find(user, '/', 1, true) and not string.find(user, '%c') then
      users[#users + 1] = user
    else
      call('SREM', KEY.users .. epoch, user)
      set_aside('users')
    end
  end
  return #users > 0 and epoch .. '\t' .. table.concat(users, '\t') or ''
end)
