import Testing

@testable import RemoteFiles

@Suite("Addresses")
struct RemoteAddressTests {
  @Test("only what HTTP reaches is an address")
  func schemes() {
    #expect(RemoteAddress(url: "HTTPS://a.b/c?d=e")?.url == "https://a.b/c?d=e")
    for text in ["file:///etc/passwd", "ftp://a/b", "https://", "https:///c", "a.tif", ""] {
      #expect(RemoteAddress(url: text) == nil)
    }
  }

  @Test("a bucket is a host, one with dots a folder")
  func buckets() {
    #expect(
      RemoteAddress(bucket: "s3://copernicus-dem-30m/a/b.tif")?.url
        == "https://copernicus-dem-30m.s3.amazonaws.com/a/b.tif")
    #expect(
      RemoteAddress(bucket: "s3://my.bucket/a.tif")?.url
        == "https://s3.amazonaws.com/my.bucket/a.tif")
    for text in ["s3://bucket", "s3://bucket/", "s3:///key", "https://a/b"] {
      #expect(RemoteAddress(bucket: text) == nil)
    }
  }

  @Test("nobody's key is shown")
  func secrets() {
    #expect(
      RemoteAddress.withoutSecrets("/vsicurl/https://me:pw@a.b/c.tif?sig=123#x")
        == "/vsicurl/https://a.b/c.tif")
    #expect(RemoteAddress.withoutSecrets("a/b@c?.tif") == "a/b@c?.tif")
  }
}
