-- Functions that all scripts share: time, inboxes, presence, mailboxes, and the end of an epoch.
--
-- An epoch of a node is "<node>:<epoch>". KEY and LIMIT precede this file; the class ClusterScripts
-- generates them. ARGV[1] of every script is the calling epoch.
--
-- An inbox entry has a field t, its kind and header, and for most kinds a field b, its body:
--   c <number> <took over: 0|1> <mails>  a claim was granted; so many entries m follow directly
--   k <number> <mails>                   an id was claimed again in a new epoch
--   s <number>, b = envelope             a signal
--   m <number>, b = envelope             a held signal
--   x <number>                           another session has taken the id over
--   l <number>                           it does not own its id, which it has not released
--   u <number> <cause>, b = envelope     a signal of this peer was not delivered
--   p <number>, b = address              a watched peer is present
--   a <number>, b = address              a watched peer is absent
--   d, b = address                       a watched peer has departed
--   g <number>…, b = event               an event for users; a blank before each number
--   r <command>                          a command of groups was committed
--   r <command> n                        it was not: the requester is not, or no longer, the owner
--   r <command> f                        it was not: it needs memory, and Redis has none
-- <number> is the registration, or the watch, as numbered by its node.
--
-- An envelope begins with the sender's address (two bytes of length, then the text) and a label for
-- metrics (one byte of length, then the text); scripts parse no further.
--
-- Another client may write anything to our keys. What a script cannot read is set aside, so that it
-- blocks nothing else: a key of the wrong type is renamed and kept for a day, an unreadable member
-- or field is dropped. Each is counted, see report().

local EPOCH = ARGV[1]

-- ---- setting aside

-- How many were set aside in this call, by the kind of key.
local aside = {}

-- The kind of a key of the calling epoch that is missing or unusable. The epoch ends with the call.
local lost

local function set_aside(kind)
  aside[kind] = (aside[kind] or 0) + 1
end

local DAY_MILLIS = 86400000
local OF_AN_EPOCH = {seat = true, inbox = true, peers = true, users = true, watching = true}

local function move_aside(key)
  local name = string.sub(key, #KEY.base + 1)
  local kind = string.match(name, '^%a*')
  set_aside(kind)
  redis.call('RENAME', key, KEY.aside .. name)
  redis.call('PEXPIRE', KEY.aside .. name, DAY_MILLIS)
  if OF_AN_EPOCH[kind] and name == kind .. ':' .. EPOCH then
    lost = kind
  end
end

-- A command has failed: repeats it after what blocked it has been set aside.
local function again(problem, ...)
  local command, key, field = ...
  local is_no_number =
    string.find(problem, 'integer', 1, true) or string.find(problem, 'overflow', 1, true)
  if string.find(problem, 'WRONGTYPE', 1, true)
      or is_no_number and string.sub(command, 1, 4) == 'INCR'
      or command == 'XADD' and string.find(problem, 'exhausted', 1, true) then
    move_aside(key)
  elseif is_no_number and command == 'HINCRBY' then
    set_aside(string.match(string.sub(key, #KEY.base + 1), '^%a*'))
    redis.call('HDEL', key, field)
  end
  return redis.call(...)
end

local function call(...)
  local answer = redis.pcall(...)
  if type(answer) == 'table' and answer.err then
    return again(answer.err, ...)
  end
  return answer
end

-- ---- memory

-- Whether Redis is at its maxmemory and refuses commands that need more.
local memory_is_out = false

-- The first write of a script. A Redis that is out of memory refuses a command that may need more
-- only while the script has changed nothing. So after a removal, even of a missing key, the rest is
-- executed, and whatever needs memory has to be refused here, command by command.
local function first_write(goes_on, ...)
  local answer = redis.pcall(...)
  if type(answer) == 'table' and answer.err then
    if goes_on and string.find(answer.err, 'OOM', 1, true) then
      memory_is_out = true
      redis.call('DEL', KEY.nothing)
    end
    return call(...)
  end
  return answer
end

-- The observations of a call: after a blank each, oom if Redis is out of memory, and <kind>=<count>
-- for keys that were set aside.
local function report()
  local words = {''}
  if memory_is_out then
    words[2] = 'oom'
  end
  for kind, count in pairs(aside) do
    words[#words + 1] = kind .. '=' .. count
  end
  return table.concat(words, ' ')
end

-- While the slot of our keys migrates to another node of a Redis Cluster, each key is on one of two
-- nodes. Access to a missing key fails then, and the whole call is refused.
local function is_moving()
  local answer = redis.pcall('EXISTS', KEY.nothing)
  return type(answer) == 'table'
end

-- ---- time

local micros

-- The time of Redis, in microseconds; constant within a call.
local function fine_clock()
  if not micros then
    local time = call('TIME')
    micros = time[1] * 1000000 + time[2]
  end
  return micros
end

-- The same in milliseconds.
local function clock()
  return math.floor(fine_clock() / 1000)
end

-- An integer as text, never as 1e+15.
local function whole(number)
  return string.format('%.0f', number)
end

-- A stored number; 0 if it is malformed.
local function number_of(text)
  return tonumber(text or 0) or 0
end

-- The time to a deadline in milliseconds, as text.
local function millis_until(score)
  return whole(math.max(0, math.min(tonumber(score) - clock(), DAY_MILLIS)))
end

-- The next number of a counter that must never repeat one. It starts from the time, so a counter
-- that was deleted or set aside continues above all of its former numbers.
local function count_up(key)
  local number = call('INCR', key)
  if number < 1e15 then
    number = math.max(number, fine_clock())
    call('SET', key, whole(number))
  end
  return whole(number)
end

-- ---- envelopes and addresses

-- The sender's address; nil if the envelope is malformed.
local function sender_of(envelope)
  local high, low = string.byte(envelope, 1, 2)
  local sender = low and string.sub(envelope, 3, 2 + high * 256 + low)
  return sender and string.find(sender, '/', 1, true) and sender
end

-- The label; empty if it is missing.
local function label_of(envelope)
  local high, low = string.byte(envelope, 1, 2)
  local at = low and 3 + high * 256 + low
  local length = at and string.byte(envelope, at) or 0
  return string.match(string.sub(envelope, (at or 0) + 1, (at or 0) + length), '^[^%s%c]+$') or ''
end

local function realm_and_id(address)
  local slash = string.find(address, '/', 1, true)
  return string.sub(address, 1, slash - 1), string.sub(address, slash + 1)
end

local function node_of(epoch)
  return string.match(epoch, '^[^:]*')
end

local function is_epoch(name)
  return string.find(name, '^[%w_-]+:%d+$')
end

-- ---- epochs and their inboxes

local ended = {}

-- Fences the node: nothing is appended to its inbox any more. The tombstone is cleaned up in small
-- steps, see clean.lua; after a grace period if the node may still be alive and reclaim its ids.
local function end_epoch(epoch, wait)
  ended[epoch] = true
  call('DEL', KEY.seat .. epoch)
  call('ZREM', KEY.nodes, epoch)
  if call('EXISTS', KEY.inbox .. epoch) == 1 then
    call('RENAME', KEY.inbox .. epoch, KEY.grave .. epoch)
  end
  call('ZADD', KEY.graves, 'NX', whole(clock() + wait), epoch)
end

-- A tombstone to clean up, round-robin; nil if there is none.
local function some_tombstone()
  local due = {}
  for _, epoch in ipairs(call('ZRANGEBYSCORE', KEY.graves, '-inf', whole(clock()), 'LIMIT', 0, 50)) do
    if is_epoch(epoch) then
      due[#due + 1] = epoch
    else
      call('ZREM', KEY.graves, epoch)
      set_aside('graves')
    end
  end
  return #due > 0 and due[1 + clock() % #due] or nil
end

local function is_alive(epoch)
  return call('EXISTS', KEY.inbox .. epoch) == 1
end

-- The fill of inboxes that this call uses.
local rooms = {}

local function room_of(epoch)
  local room = rooms[epoch]
  if not room then
    room = {
      entries = call('XLEN', KEY.inbox .. epoch),
      bytes = number_of(call('HGET', KEY.seat .. epoch, 'fill')),
      more = 0,
    }
    if room.entries == 0 and room.bytes ~= 0 then
      -- Another client has emptied it, or has set the number.
      call('HSET', KEY.seat .. epoch, 'fill', 0)
      room.bytes = 0
    end
    rooms[epoch] = room
  end
  return room
end

-- Appends an entry to an inbox; false if the epoch is over.
local function put(epoch, room, t, b)
  local id
  if b then
    id = call('XADD', KEY.inbox .. epoch, 'NOMKSTREAM', '*', 't', t, 'b', b)
  else
    id = call('XADD', KEY.inbox .. epoch, 'NOMKSTREAM', '*', 't', t)
  end
  if not id then
    return false
  end
  local bytes = #t + (b and #b or 0)
  room.entries = room.entries + 1
  room.bytes = room.bytes + bytes
  room.more = room.more + bytes
  return true
end

-- Appends what must not be refused; an epoch with far too much unread is ended.
local function append(epoch, t, b)
  local room = room_of(epoch)
  if room.entries >= 2 * LIMIT.inboxEntries or room.bytes >= 2 * LIMIT.inboxBytes then
    if is_alive(epoch) then
      end_epoch(epoch, LIMIT.graceMillis)
    end
    return false
  end
  if put(epoch, room, t, b) then
    return true
  end
  if epoch == EPOCH and not ended[EPOCH] then
    lost = 'inbox'
  end
  return false
end

-- Stores the fill of inboxes; the last step of a script.
local function book_rooms()
  for epoch, room in pairs(rooms) do
    if room.more > 0 and not ended[epoch] then
      call('HINCRBY', KEY.seat .. epoch, 'fill', room.more)
    end
  end
end

-- ---- presence

-- Notifies the owner of the sender's id, if there is one, of the outcome of a signal. False if the
-- owner's epoch is over, possibly because of this: either its node claims the id again, or the id
-- is about to be released.
local function tell_sender(envelope, cause)
  local sender = sender_of(envelope)
  if not sender then
    set_aside('envelope')
    return true
  end
  local owner = call('HMGET', KEY.peer .. sender, 'n', 's')
  return not owner[1] or not owner[2]
    or append(owner[1], 'u ' .. owner[2] .. ' ' .. cause, envelope)
end

-- Whether an id without an owner is held for another token than this one.
local function is_held_from(address, token)
  local held = call('GET', KEY.hold .. address)
  return held and '=' .. held ~= token
end

-- The id has no owner any more: notifies its watchers.
local function vacate(address, epoch)
  local realm, id = realm_and_id(address)
  call('DEL', KEY.peer .. address)
  call('ZREM', KEY.realm .. realm, id)
  call('SREM', KEY.peers .. epoch, address)
  local watchers = call('SMEMBERS', KEY.watch .. address)
  if #watchers > 0 then
    call('DEL', KEY.watch .. address)
    for _, watcher in ipairs(watchers) do
      call('SREM', KEY.watching .. watcher, address)
      append(watcher, 'd', address)
    end
  end
end

-- The owner of the id was lost without a close. If it had a token, the id is held for it for a
-- while, unless Redis is out of memory. The token is as in a claim: "=" and the text, or empty.
local function lose(address, epoch, token)
  vacate(address, epoch)
  if LIMIT.holdMillis > 0 and token and #token > 1 and #token <= LIMIT.heldToken
      and not memory_is_out then
    call('SET', KEY.hold .. address, string.sub(token, 2), 'PX', LIMIT.holdMillis)
  end
end

-- ---- mailboxes

-- The name of a bundle in the list of deadlines: one sender's signals for one recipient expire
-- together.
local function bundle_of(sender, recipient)
  return #sender .. ':' .. sender .. recipient
end

-- Nil if the name is malformed.
local function sender_and_recipient(bundle)
  local digits = string.match(bundle, '^(%d+):')
  local length = tonumber(digits)
  if not length or #digits + 1 + length >= #bundle then
    return nil
  end
  local at = #digits + 1
  return string.sub(bundle, at + 1, at + length), string.sub(bundle, at + length + 1)
end

-- Returns the quota of a sender's signals.
local function give_back(sender, signals, bytes)
  if call('HINCRBY', KEY.sender .. sender, 'c', -signals) <= 0 then
    call('DEL', KEY.sender .. sender)
  else
    call('HINCRBY', KEY.sender .. sender, 'y', 0 - bytes)
  end
  if call('INCRBY', KEY.held, 0 - bytes) < 0 then
    call('SET', KEY.held, 0)
  end
end

-- The parts of a held signal: its weight, a blank, its envelope. Nil if it is malformed.
local function weight_and_envelope(held)
  local digits, envelope = string.match(held or '', '^(%d+) (.*)$')
  if not digits or #digits > 10 or not sender_of(envelope) then
    return nil
  end
  return tonumber(digits), envelope
end

-- ---- groups

-- A record of a group is a hash: v its version; o the owner of a present user, as
-- "<epoch> <registration>"; d what is due at its deadline; all other fields belong to the rules.
-- Here it is a list: version, owner, then name and content of each other field.
local function record(name)
  local version, owner, list = '0', '', {}
  local all = call('HGETALL', KEY.group .. name)
  for i = 1, #all, 2 do
    local field = all[i]
    if field == 'v' then
      version = all[i + 1]
    elseif field == 'o' then
      owner = all[i + 1]
    elseif field ~= 'd' then
      list[#list + 1] = field
      list[#list + 1] = all[i + 1]
    end
  end
  table.insert(list, 1, owner)
  table.insert(list, 1, version)
  return list
end

-- The size of the results of this call so far, in bytes, and the size above which no more records
-- are read: records are much bigger than the commands that ask for them.
local replied = 0
local MAX_REPLY = 1048576

-- A record; nil if the results of this call are already big enough.
local function record_if_short(name)
  if replied > MAX_REPLY then
    return nil
  end
  local list = record(name)
  for _, text in ipairs(list) do
    replied = replied + #text
  end
  return list
end

-- ---- commands of the pipeline

local OPERATIONS = {}

-- Declares a command. With a number of arguments, run gets them; without (nil), each call begins
-- with the number, and run gets the first and last index of its arguments in ARGV.
local function operation(name, arguments, run)
  OPERATIONS[name] = {arguments = arguments, run = run}
end
