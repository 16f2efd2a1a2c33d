import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useDeferredValue, useId } from "react"
import { TextField } from "@/ui"
import { clientsQuery } from "./queries"

type Props = { value: string; onChange: (client: string) => void; label?: string; bare?: boolean; autoFocus?: boolean; className?: string }

/** A client's name: typing offers the known ones, an unknown one is kept as typed. */
export function ClientField({ value, onChange, label = "Client", bare = false, autoFocus = false, className }: Props) {
  const known = useId()
  const { data: clients = [] } = useQuery({ ...clientsQuery(useDeferredValue(value)), placeholderData: keepPreviousData })
  return (
    <>
      <TextField
        label={label}
        bare={bare}
        list={known}
        autoComplete="off"
        autoFocus={autoFocus}
        maxLength={300}
        placeholder={bare ? label : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...(className !== undefined && { className })}
      />
      <datalist id={known}>
        {clients.map((client) => (
          <option key={client.id} value={client.name} />
        ))}
      </datalist>
    </>
  )
}
