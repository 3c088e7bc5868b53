import RasterCore
import Testing

@Suite("The period of an epoch")
struct CalendarPeriodTests {
  @Test(
    "a year, a month, a day or two of them stand for their days",
    arguments: [
      ("2021", "2021-01-01", "2021-12-31"), ("2021-06", "2021-06-01", "2021-06-30"),
      ("2021-12", "2021-12-01", "2021-12-31"), ("2021-06-15", "2021-06-15", "2021-06-15"),
      ("2020-02", "2020-02-01", "2020-02-29"), ("2021-02", "2021-02-01", "2021-02-28"),
      ("2000-02", "2000-02-01", "2000-02-29"), ("1900-02", "1900-02-01", "1900-02-28"),
      ("2019/2021-03", "2019-01-01", "2021-03-31"),
    ])
  func dates(epoch: String, first: String, last: String) throws {
    let period = try #require(CalendarPeriod(epoch: epoch))
    #expect(period.start == first + "T00:00:00Z")
    #expect(period.end == last + "T23:59:59Z")
  }

  @Test(
    "what is no date has none",
    arguments: [
      "synthetic", "", "21", "2021-6", "2021-13", "2021-00", "2021-02-29", "2021-06-31", "2021-",
      "-2021", "2021-06-15-01", "٢٠٢١", "2021/2020", "2021/", "2019/2020/2021", " 2021",
      "2021-06-15T10:00:00Z", "+021", "ca. 2020",
    ])
  func noDates(epoch: String) { #expect(CalendarPeriod(epoch: epoch) == nil) }
}
