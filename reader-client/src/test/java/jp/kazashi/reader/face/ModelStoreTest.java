package jp.kazashi.reader.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

  private static final byte[] BYTES = "a network".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final FaceModel MODEL = model(BYTES);

  @TempDir Path folder;

  private static FaceModel model(byte[] bytes) {
    return new FaceModel(
        "made-up",
        FaceModel.Role.DETECTOR,
        "made-up.onnx",
        bytes.length,
        ModelStore.sha256(bytes),
        "none",
        "this test",
        "nothing",
        null,
        null,
        null);
  }

  @Test
  void networkIsInstalledFromAFolderWhenItsHashIsRight() throws Exception {
    Path from = Files.createDirectory(folder.resolve("from"));
    Files.write(from.resolve("made-up.onnx"), BYTES);
    ModelStore store = new ModelStore(folder.resolve("store"));

    assertThat(new ModelInstaller(store, from.toString()).install(MODEL))
        .isInstanceOf(ModelInstaller.Outcome.Installed.class);
    assertThat(store.find(MODEL)).isInstanceOf(ModelStore.Finding.Installed.class);
    assertThat(new ModelInstaller(store, from.toString()).install(MODEL))
        .isInstanceOf(ModelInstaller.Outcome.AlreadyThere.class);
    try (Stream<Path> files = Files.list(store.folder())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void networkWithAnotherHashIsRefusedAndNothingIsLeftOfIt() throws Exception {
    Path from = Files.createDirectory(folder.resolve("from"));
    Files.writeString(from.resolve("made-up.onnx"), "a netw0rk");
    ModelStore store = new ModelStore(folder.resolve("store"));

    assertThat(new ModelInstaller(store, from.toString()).install(MODEL))
        .isInstanceOfSatisfying(
            ModelInstaller.Outcome.Refused.class,
            refused -> assertThat(refused.why()).contains(MODEL.sha256()));
    assertThat(store.folder()).doesNotExist();
  }

  @Test
  void networkOfAnotherSizeIsRefused() throws Exception {
    Path from = Files.createDirectory(folder.resolve("from"));
    Files.writeString(from.resolve("made-up.onnx"), "a network and more");

    assertThat(
            new ModelInstaller(new ModelStore(folder.resolve("store")), from.toString())
                .install(MODEL))
        .isInstanceOf(ModelInstaller.Outcome.Refused.class);
  }

  @Test
  void networkIsFetchedFromAnAddress() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/models/made-up.onnx",
        exchange -> {
          exchange.sendResponseHeaders(200, BYTES.length);
          exchange.getResponseBody().write(BYTES);
          exchange.close();
        });
    server.start();
    try {
      String root = "http://127.0.0.1:" + server.getAddress().getPort();
      ModelStore store = new ModelStore(folder.resolve("store"));

      assertThat(new ModelInstaller(store, root + "/elsewhere").install(MODEL))
          .isInstanceOf(ModelInstaller.Outcome.NotThere.class);
      assertThat(new ModelInstaller(store, root + "/models").install(MODEL))
          .isInstanceOf(ModelInstaller.Outcome.Installed.class);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void networkThatWasChangedAfterItsInstallationIsWrong() throws Exception {
    Files.writeString(folder.resolve("made-up.onnx"), "a netw0rk");

    assertThat(new ModelStore(folder).find(MODEL)).isInstanceOf(ModelStore.Finding.Wrong.class);
  }

  @Test
  void whatIsMissingOrWrongIsToldWithItsRemedyAndNobodyIsCompared() throws Exception {
    Files.writeString(folder.resolve("MiniFASNetV2.onnx"), "not it");
    FaceNetworks.Loading loading = FaceNetworks.load(new ModelStore(folder), Terms.USUAL_EMBEDDER);

    List<String> remedies = ((FaceNetworks.Loading.Failed) loading).remedies();
    assertThat(remedies).hasSize(5);
    assertThat(remedies).filteredOn(line -> line.contains("./kazashi face install")).hasSize(4);
    assertThat(remedies).anyMatch(line -> line.startsWith("MiniFASNetV2.onnx is not what"));

    byte[] portrait = {1, 2, 3};
    UnavailableFaceMatcher matcher = new UnavailableFaceMatcher(remedies);
    assertThat(matcher.enrol(portrait))
        .isEqualTo(new FaceMatcher.Enrolment.CannotRead(FaceReason.UNAVAILABLE));
    assertThat(portrait).containsOnly(0);
  }

  @Test
  void operatorAddsAModelAndACalibrationAsFiles() throws Exception {
    write("own.model.json", modelJson("own-net", "own.onnx"));
    Calibration calibration =
        new Calibration(
            "ours", "our people", Calibration.Profile.USUAL, 1e-3, java.util.Map.of(3, 0.61));
    write("ours.calibration.json", FaceManifest.calibrationText("own-net", calibration));

    FaceManifest manifest = FaceManifest.in(folder);

    FaceModel own = manifest.named("own-net").orElseThrow();
    assertThat(own.calibration(Calibration.Profile.USUAL)).contains(calibration);
    assertThat(manifest.named(Terms.USUAL_EMBEDDER)).isPresent();
  }

  @Test
  void manifestThatCouldLeadOutOfItsFolderIsRefusedByName() throws Exception {
    write("bad.model.json", modelJson("bad", "../elsewhere.onnx"));

    assertThatThrownBy(() -> FaceManifest.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.model.json")
        .hasMessageContaining("plain file name");
  }

  private static String modelJson(String id, String file) {
    return """
    {"id": "%s", "role": "EMBEDDER", "file": "%s", "bytes": 9, "sha256": "%s",
     "licence": "none", "source": "this test", "training": "nothing",
     "embedding": {"width": 112, "height": 112, "rgb": true, "mean": [0, 0, 0], "scale": 1.0,
       "reference": [38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655,
         70.7299, 92.2041], "dimension": 128, "metric": "COSINE"}}
    """
        .formatted(id, file, ModelStore.sha256(BYTES));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
