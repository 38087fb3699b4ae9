import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** ENDPOINT DATABASE USER PASSWORD; on standard input a format and a statement a line. Prints an answer a line. */
public class StoreClient {
    static final Map<String, Object> PARAMETERS = Map.of("text", "Sở Y tế'; --", "number", 7);

    public static void main(String[] given) throws Exception {
        String lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        try (Client client = new Client.Builder()
                .addEndpoint(given[0]).setDefaultDatabase(given[1]).setUsername(given[2]).setPassword(given[3])
                .compressServerResponse(false).build()) {
            for (String line : lines.split("\n")) {
                String[] asked = line.split(" ", 2);
                System.out.println(answer(client, ClickHouseFormat.valueOf(asked[0]), asked[1]));
            }
        }
    }

    static String answer(Client client, ClickHouseFormat format, String sql) {
        StringBuilder said = new StringBuilder();
        try (QueryResponse response = client.query(sql, PARAMETERS, new QuerySettings().setFormat(format)).get()) {
            ClickHouseBinaryFormatReader rows = client.newBinaryFormatReader(response);
            for (Map<String, Object> row = rows.next(); row != null; row = rows.next()) {
                said.append(new TreeMap<>(row));
            }
            return said.toString();
        } catch (Exception refused) {
            Throwable root = refused;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return root.getMessage();
        }
    }
}
