import { describe, expect, it } from 'vitest'
import {
  countryOf,
  EUROPEAN_ZONES,
  isEuropean,
  zoneOfCountry,
} from '../../../../shared/core/clocks/european-countries.ts'
import { isKnownZone } from '../../../../shared/core/time/wall-clock.ts'

describe('the countries of the EU and the EEA', () => {
  it('have a known zone each', () => {
    expect(Object.values(EUROPEAN_ZONES).filter((zone) => !isKnownZone(zone))).toEqual([])
  })

  it('are the 27, the three of the EEA and the parts with codes of their own', () => {
    expect(Object.keys(EUROPEAN_ZONES)).toHaveLength(27 + 3 + 7)
  })

  it.each(['EU', 'DE', 'DE-BY', 'NO', 'IS', 'LI', 'RE'])('%s is European', (code) => {
    expect(isEuropean(code)).toBe(true)
  })

  it.each(['GB', 'CH', 'US', 'US-DE', 'GB-NIR', 'TR', '', 'toString'])('%s is not', (code) => {
    expect(isEuropean(code)).toBe(false)
  })

  it('count in their capital’s zone, everybody else in that of Brussels', () => {
    expect(['PT', 'FI', 'US', 'constructor'].map(zoneOfCountry)).toEqual([
      'Europe/Lisbon',
      'Europe/Helsinki',
      'Europe/Brussels',
      'Europe/Brussels',
    ])
  })

  it('name the country of a subdivision', () => {
    expect([countryOf('US-CA'), countryOf('FR')]).toEqual(['US', 'FR'])
  })
})
