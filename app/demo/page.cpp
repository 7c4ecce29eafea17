// SPDX-License-Identifier: MIT
#include "page.h"

#include "frontend.h"

#include <QtCore/QFile>

using namespace Qt::StringLiterals;

void addPage(FrontEnd &frontEnd)
{
    struct File
    {
        QString path;
        QString resource;
        QByteArray type;
    };
    for (const File &file :
         {File{u"/"_s, u"index.html"_s, "text/html; charset=utf-8"}, File{u"/demo.css"_s, u"demo.css"_s, "text/css"},
          File{u"/demo.js"_s, u"demo.js"_s, "text/javascript"}, File{u"/icon.svg"_s, u"icon.svg"_s, "image/svg+xml"}}) {
        QFile resource(u":/page/"_s + file.resource);
        if (!resource.open(QIODevice::ReadOnly))
            qFatal("The page is missing in this build.");
        frontEnd.addPlain(file.path, [type = file.type, body = resource.readAll()] {
            auto response =
                withHeader(QHttpServerResponse(type, body), "Content-Security-Policy",
                           "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                           "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            return withHeader(std::move(response), "X-Content-Type-Options", "nosniff");
        });
    }
}
