// SPDX-License-Identifier: MIT

// Bodies of forms, and the pages that they want to go on to.

#include "fuzz.h"

#include "formdata_p.h"

#include <Sojourn/jsonrules.h>

#include <QtCore/QUrl>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

/// Where a browser goes from a page of this site (WHATWG URL): control characters and "\" are not what they seem.
bool staysHere(QByteArray location)
{
    location = location.trimmed();
    location.removeIf([](char c) { return c == '\t' || c == '\n' || c == '\r'; });
    location.replace('\\', '/');
    return location.startsWith('/') && !location.startsWith("//");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto next = FormData::field(body, "next");
    fuzzCheck(!next || body.contains('x') || body.contains("next") || body.contains('%'), "a field has its name in the form");
    std::ignore = FormData::field(body, {});
    for (const QByteArray &text : {next.value_or(QByteArray()), body}) {
        const QString page = Detail::fromUtf8(text);
        if (!FormData::isLocalPage(page))
            continue;
        const QByteArray location = QUrl(page).toEncoded(); // as redirect() writes it
        fuzzCheck(location.isEmpty() || staysHere(location), "a local page is on this site");
        for (const char c : location)
            fuzzCheck(c > ' ' && c != 0x7f, "a location is one line");
    }
    return 0;
}

QList<QByteArray> fuzzSeeds()
{
    return {"name=ann&password=x&next=%2Fcart%3Fpage%3D2",
            "next=//evil.example",
            "next=%2F%5Cevil.example",
            "next=/%09/evil.example",
            "next=https:evil.example",
            "next=/..//evil.example",
            "next=/%E2%80%A8/x#y&next=2",
            "next&=&%&+=+",
            "/a b/[x]:@?q#f",
            "/:80"};
}
