#include "store/export/exportformat.h"

#include "store/export/htmlexport.h"
#include "store/export/jsonexport.h"

namespace confab {

std::unique_ptr<AbstractExportWriter> makeExportWriter(
    const ExportOrder &order, QIODevice &device, ExportFiles *files)
{
    if (order.format == ExportFormat::Html)
        return std::make_unique<HtmlExport>(order, device, files);
    return std::make_unique<JsonExport>(order, device, files);
}

}
