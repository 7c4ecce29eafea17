// SPDX-License-Identifier: MIT
#include "foreigntext.h"
#include "format.h"

#include <QtCore/QCoreApplication>

namespace Sojourn::Inspector::Format {

// The library marks its texts with Error::tr(). It speaks English, in whatever process it runs: an application that is inspected
// live sends its errors here, with their arguments apart.
QString error(const Error &error)
{
    return Foreign::sentence(error.sentence().toString([](const QString &format) {
        return QCoreApplication::translate("Sojourn::Error", format.toUtf8().constData());
    }));
}

} // namespace Sojourn::Inspector::Format
