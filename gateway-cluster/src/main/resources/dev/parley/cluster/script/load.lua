-- Reads records of groups.
--
-- Arguments: their names, as many as there are
-- Result:    a JSON array of records, each an array: version ("0" if it does not exist), owner (""
--            if it has none), then name and content of each field. When the results get too big, the
--            last records are missing, and "L" stands for no record at all: they are to be
--            requested again

operation('load', nil, function(first, last)
  local records = {}
  for i = first, last do
    local next = record_if_short(ARGV[i])
    if not next then
      break
    end
    records[#records + 1] = next
  end
  return #records > 0 and cjson.encode(records) or 'L'
end)
