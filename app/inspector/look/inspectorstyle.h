// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QProxyStyle>

namespace Sojourn::Inspector {

/// Fusion with outlines that stand out in dark palettes too (WCAG 2 asks for 3:1), and title buttons that are sharp at any scale.
class InspectorStyle final : public QProxyStyle
{
    Q_OBJECT
public:
    InspectorStyle() : QProxyStyle(QStringLiteral("fusion")) { }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget = nullptr) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option = nullptr, const QWidget *widget = nullptr) const override;
    QIcon standardIcon(StandardPixmap icon, const QStyleOption *option = nullptr, const QWidget *widget = nullptr) const override;
};

} // namespace Sojourn::Inspector
