// SPDX-License-Identifier: MIT

// Cookie headers.

#include "fuzz.h"

#include "cookie_p.h"

using namespace Sojourn;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray header(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    OfferedIds offered;
    offered.read(header, "id");
    fuzzCheck(offered.ids.size() <= IdList::Limit, "only so many ids are looked at");
    for (const SessionId &id : offered.ids)
        fuzzCheck(header.contains(id.toCookieValue()), "an id stands in the header");
    return 0;
}

QList<QByteArray> fuzzSeeds()
{
    const QByteArray a = "id=AAAAAAAAAAAAAAAAAAAAAA";
    const QByteArray b = "id=AQEBAQEBAQEBAQEBAQEBAQ";
    return {a,
            a + "; " + b,
            "x=1; " + a + "; y=\"2\"",
            a + ", " + b + "; " + a,
            "id=; id=short; ID=" + a,
            "id = \"AAAAAAAAAAAAAAAAAAAAAA\""};
}
